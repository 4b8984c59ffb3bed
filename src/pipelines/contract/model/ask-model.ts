/** Asks a language model over the AI SDK, which is loaded only when a model is configured and asked. */
import { z } from "zod";
import { modelAnswer, ModelError, modelFixOf, type ContractModel, type ModelSettings, type ModelTokens } from "./define";
import { FIX_INSTRUCTIONS, INSTRUCTIONS } from "./instructions";

/** One try, ms. */
const TIMEOUT_MS = 120_000;
/** Of requests that did not get through; the SDK waits between them. */
const MAX_RETRIES = 2;
/** An answer of the wrong shape is asked for once more. */
const TRIES = 2;
const MAX_OUTPUT_TOKENS = 16_000;

export interface OpenModelOptions {
  settings: ModelSettings;
  /** Default: 120 s a try. */
  timeoutMs?: number;
}

export function openContractModel({ settings, timeoutMs = TIMEOUT_MS }: OpenModelOptions): ContractModel {
  return {
    name: settings.name,
    write: ({ prompt, template, signal }) =>
      ask({ settings, timeoutMs, signal, instructions: INSTRUCTIONS, input: { request: prompt, template: template ?? null }, schema: modelAnswer, otherwise: "Say the request in other words, or choose a template." }),
    fix: ({ sources, findings, signal }) =>
      ask({ settings, timeoutMs, signal, instructions: FIX_INSTRUCTIONS, input: { sources, findings }, schema: modelFixOf({ paths: sources.map(({ path }) => path) }), otherwise: "Mend the source by hand." }),
  };
}

interface Question<Answer> {
  settings: ModelSettings;
  timeoutMs: number;
  signal: AbortSignal;
  instructions: string;
  /** As data: it can't end the instructions, and what it says of them is part of it. */
  input: unknown;
  schema: z.ZodType<Answer>;
  /** What a person can do when no answer fits. */
  otherwise: string;
}

interface Reply<Answer> {
  answer: Answer;
  tokens: ModelTokens;
}

async function ask<Answer>(question: Question<Answer>): Promise<Reply<Answer>> {
  const { settings, timeoutMs, otherwise } = question;
  const tokens = { input: 0, output: 0 };
  for (let round = 1; ; round += 1) {
    const told = await askOnce({ ...question, spent: tokens, signal: AbortSignal.any([question.signal, AbortSignal.timeout(timeoutMs)]) });
    tokens.input += told.tokens.input;
    tokens.output += told.tokens.output;
    if (told.answer !== null) return { answer: told.answer, tokens };
    if (round === TRIES) throw new ModelError("model_answer_invalid", `${settings.name} gave no answer of the right shape, twice. ${otherwise}`, { tokens });
  }
}

async function askOnce<Answer>(question: Question<Answer> & { spent: ModelTokens }): Promise<Reply<Answer | null>> {
  const { settings, schema: expected, instructions, input, signal, spent } = question;
  const { generateText, jsonSchema, Output, NoObjectGeneratedError, APICallError } = await import("ai");
  const schema = jsonSchema<Answer>(() => JSON.parse(JSON.stringify(z.toJSONSchema(expected, { io: "input", unrepresentable: "any" }))), {
    validate: (value) => {
      const parsed = expected.safeParse(value);
      // Whoever answers was sent the key, and what is answered is kept and shown.
      const isFit = parsed.success && !JSON.stringify(parsed.data).includes(settings.apiKey);
      return isFit ? { success: true, value: parsed.data } : { success: false, error: new Error("The answer has the wrong shape.") };
    },
  });
  try {
    const result = await generateText({
      model: await openModel(settings),
      instructions,
      prompt: JSON.stringify(input),
      output: Output.object({ schema }),
      // Strict decoding allows no optional fields, and the features of a contract all are.
      providerOptions: { [COMPATIBLE]: { strictJsonSchema: false } },
      maxRetries: MAX_RETRIES,
      maxOutputTokens: MAX_OUTPUT_TOKENS,
      abortSignal: signal,
    });
    return { answer: result.output, tokens: { input: result.usage.inputTokens ?? 0, output: result.usage.outputTokens ?? 0 } };
  } catch (error) {
    if (NoObjectGeneratedError.isInstance(error)) return { answer: null, tokens: { input: error.usage?.inputTokens ?? 0, output: error.usage?.outputTokens ?? 0 } };
    throw explain({ error, settings, spent, statusOf: (one) => (APICallError.isInstance(one) ? one.statusCode : undefined) });
  }
}

/** What the SDK calls an OpenAI-compatible provider. */
const COMPATIBLE = "configured";

async function openModel({ provider, url, name, apiKey }: ModelSettings) {
  if (provider === "anthropic") {
    const { createAnthropic } = await import("@ai-sdk/anthropic");
    return createAnthropic({ apiKey, ...(url === undefined ? {} : { baseURL: url }) })(name);
  }
  const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
  if (url === undefined) throw new ModelError("model_unavailable", "The model's URL is not configured. Set SLIPWAY_MODEL_URL.");
  return createOpenAICompatible({ name: COMPATIBLE, baseURL: url, apiKey, supportsStructuredOutputs: true }).chatModel(name);
}

const lastOf = z.looseObject({ lastError: z.unknown() });

/** Never the provider's own words: they may repeat parts of a key. */
function explain({ error, settings, spent, statusOf }: { error: unknown; settings: ModelSettings; spent: ModelTokens; statusOf(one: unknown): number | undefined }): ModelError {
  if (error instanceof ModelError) return error;
  const retried = lastOf.safeParse(error);
  const status = statusOf(error) ?? (retried.success ? statusOf(retried.data.lastError) : undefined);
  const name = error instanceof Error ? error.name : "";
  const what =
    status === 401 || status === 403
      ? `refused the key (${status}). Check SLIPWAY_MODEL_API_KEY.`
      : status === 404
        ? "is not known to its provider (404). Check SLIPWAY_MODEL_NAME and SLIPWAY_MODEL_URL."
        : status === 429
          ? "has had too many requests (429). Try again later."
          : status !== undefined
            ? `answered ${status}. Try again later.`
            : name === "TimeoutError" || name === "AbortError"
              ? "did not answer in time. Try again later."
              : "could not be reached. Check SLIPWAY_MODEL_URL, and try again.";
  return new ModelError("model_unavailable", `${settings.name} ${what}`, { tokens: spent });
}
