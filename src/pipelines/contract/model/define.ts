/** A language model that writes a contract's description or source, and mends what an audit found. Where none is configured, the reader, the templates and mechanical edits do it. */
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

export interface ModelTokens {
  input: number;
  output: number;
}

export interface ModelReply {
  answer: ModelAnswer;
  tokens: ModelTokens;
}

/** Of all files of one answer, in characters: more than the output that a model is allowed. */
const MAX_FIXED_CHARACTERS = 400_000;
const MAX_FIXED_FILES = 50;

/** Whole files as they shall be; none: it can't be mended. Whether they compile and pass is seen afterwards. */
const modelFix = z.strictObject({ files: z.array(z.strictObject({ path: z.string().min(1).max(1_000), solidity: z.string().min(20).max(200_000) })).max(MAX_FIXED_FILES) });
export type ModelFix = z.infer<typeof modelFix>;

/** What a model answers about sources of these paths: it may change no other file, and make none. */
export function modelFixOf({ paths }: { paths: readonly string[] }) {
  return modelFix.refine(
    ({ files }) =>
      files.every(({ path }) => paths.includes(path)) && new Set(files.map(({ path }) => path)).size === files.length && files.reduce((sum, { solidity }) => sum + solidity.length, 0) <= MAX_FIXED_CHARACTERS,
    { error: "may have each of the given files once, and no other." },
  );
}

/** What a model is told about a finding. */
export interface FindingToFix {
  rule: string;
  severity: string;
  message: string;
  advice: string;
  file: string;
  /** The contract and function it is in, such as `Bank.withdraw`; empty at a file's top. */
  scope: string;
  /** A few numbered lines around it, as they were before other findings were mended. */
  excerpt: string;
}

export interface FixRequest {
  /** All sources of the release, as they are now. */
  sources: readonly { path: string; solidity: string }[];
  findings: readonly FindingToFix[];
  signal: AbortSignal;
}

export interface FixReply {
  answer: ModelFix;
  tokens: ModelTokens;
}

export interface ContractModel {
  /** Shown and part of the fingerprint. */
  name: string;
  /** Throws `ModelError` when no usable answer came. */
  write(options: { prompt: string; template: string | undefined; signal: AbortSignal }): Promise<ModelReply>;
  /** Changes sources so that the findings are gone. Throws `ModelError` when no usable answer came. */
  fix(request: FixRequest): Promise<FixReply>;
}

/** The model could not be asked, or gave no answer of the right shape. Its message is safe to show. */
export class ModelError extends Error {
  readonly code: "model_unavailable" | "model_answer_invalid";
  /** What was spent until then. */
  readonly tokens: ModelTokens;
  constructor(code: ModelError["code"], message: string, { tokens = { input: 0, output: 0 }, ...options }: ErrorOptions & { tokens?: ModelTokens } = {}) {
    super(message, options);
    this.name = "ModelError";
    this.code = code;
    this.tokens = tokens;
  }
}
