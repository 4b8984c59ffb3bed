/** A language model that writes a contract's description, or its source. Where none is configured, the reader and templates do it. */
import { z } from "zod";
import { contractFeatures } from "../options";
import { templateName } from "../spec/schema";

/** Which model, and how it is reached. The key never leaves the worker: no sandbox, no log, no artifact has it. */
export interface ModelSettings {
  provider: "anthropic" | "openai_compatible";
  /** Base URL; undefined: the provider's own. */
  url: string | undefined;
  /** Such as the model's name in the provider's list. */
  name: string;
  apiKey: string;
}

/** Source that a model may write, for `custom` alone. */
const sourceSchema = z.object({
  contract: z.string().regex(/^[A-Z][A-Za-z0-9_]{0,63}$/),
  solidity: z.string().min(20).max(200_000),
});

/** What a model answers. The features pass the same checks as those of a form, the source the same compiler and audit. */
export const modelAnswer = z.object({
  template: templateName,
  features: contractFeatures,
  /** Parts of the request that neither template nor source does. */
  unsupported: z.array(z.object({ part: z.string().max(300), why: z.string().max(300) })).max(50),
  source: sourceSchema.nullable(),
});
export type ModelAnswer = z.infer<typeof modelAnswer>;

export interface ModelReply {
  answer: ModelAnswer;
  tokens: { input: number; output: number };
}

export interface ContractModel {
  /** Shown and part of the fingerprint. */
  name: string;
  /** Throws `ModelError` when no usable answer came. */
  write(options: { prompt: string; template: string | undefined; signal: AbortSignal }): Promise<ModelReply>;
}

/** The model could not be asked, or gave no answer of the right shape. Its message is safe to show. */
export class ModelError extends Error {
  readonly code: "model_unavailable" | "model_answer_invalid";
  constructor(code: ModelError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ModelError";
    this.code = code;
  }
}
