/** What mechanical edits leave is asked of a model: whole files come back, of the release's own and no others. */
import type { SourceFile, StageContext } from "../../define";
import { readFileText } from "~/pipelines/sandbox-runner/read-file-text";
import { ModelError, type ContractModel, type FixReply, type ModelTokens } from "../model/define";
import { checkSizes } from "../sources";
import { makeSource, type FixedSources } from "./apply-fixes";
import type { MergedFinding } from "./merge-findings";

/** Of all sources together, in characters. More is more than a model reads with care, and costs accordingly. */
const MAX_ASKED_CHARACTERS = 200_000;
const MAX_ASKED_FINDINGS = 50;
const YELLOW = "\u001b[33m";
const RESET = "\u001b[0m";

export interface ModelFixed extends FixedSources {
  /** Paths of the files that the model changed. */
  rewritten: readonly string[];
}

export interface ModelAsked {
  /** Null: it gave nothing that could be tried; the log says why. */
  fixed: ModelFixed | null;
  tokens: ModelTokens;
}

export async function fixWithModel(options: { context: StageContext<unknown>; model: ContractModel; sources: readonly SourceFile[]; findings: readonly MergedFinding[] }): Promise<ModelAsked> {
  const { context, model, sources, findings } = options;
  const nothing = ({ why, tokens }: { why: string; tokens: ModelTokens }): ModelAsked => {
    context.log(`${YELLOW}${why} The findings stand.${RESET}`);
    return { fixed: null, tokens };
  };
  const texts = await Promise.all(sources.map(async (source) => ({ path: source.path, solidity: await readFileText(source) })));
  if (texts.reduce((sum, { solidity }) => sum + solidity.length, 0) > MAX_ASKED_CHARACTERS) {
    return nothing({ why: `The sources are too large for ${model.name} (at most ${MAX_ASKED_CHARACTERS.toLocaleString("en")} characters), so it was not asked to mend them.`, tokens: { input: 0, output: 0 } });
  }
  const asked = findings.slice(0, MAX_ASKED_FINDINGS);
  context.log(`Asking ${model.name} to mend ${asked.length} ${asked.length === 1 ? "finding" : "findings"} for which there is no certain edit: ${[...new Set(asked.map(({ rule }) => rule))].join(", ")}`);
  let reply: FixReply;
  try {
    reply = await model.fix({ sources: texts, findings: asked.map(({ rule, severity, message, advice, file, scope, excerpt }) => ({ rule, severity, message, advice, file, scope, excerpt })), signal: context.signal });
  } catch (error) {
    context.signal.throwIfAborted();
    if (!(error instanceof ModelError)) throw error;
    return nothing({ why: `${error.message} Nothing was mended by it.`, tokens: error.tokens });
  }
  const { answer, tokens } = reply;
  context.log(`${model.name} answered: ${tokens.input} tokens in, ${tokens.output} out`);
  const changed = new Map(answer.files.filter(({ path, solidity }) => texts.some((text) => text.path === path && text.solidity !== solidity)).map(({ path, solidity }) => [path, solidity]));
  if (changed.size === 0) return nothing({ why: `${model.name} changed nothing.`, tokens });
  const after = sources.map((source) => {
    const text = changed.get(source.path);
    return text === undefined ? source : makeSource({ path: source.path, text });
  });
  const tooLarge = checkSizes(after);
  if (tooLarge !== null) return nothing({ why: `What ${model.name} wrote is not used: ${tooLarge.message}`, tokens });
  const rewritten = [...changed.keys()].sort();
  return { fixed: { sources: after, rewritten, fixes: asked.map(({ id, rule, file }) => ({ finding: id, rule, file, title: `Asked of the model ${model.name}, which changed ${rewritten.join(", ")}` })) }, tokens };
}
