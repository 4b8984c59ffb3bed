/** Compiles what was mended, and says whether it can stand for what was given: the same contract, to be called and deployed alike. */
import type { SandboxToolchain } from "~/pipelines/sandbox-runner/toolchain";
import type { SourceFile, StageContext } from "../../define";
import { checkArguments } from "../choose-contract";
import { compileSources, readDeployable } from "../compile-sources";
import type { Deployable } from "../deployable";

export interface AuditTarget {
  deployable: Deployable;
  /** As in `bytecode/<key>.json`. */
  key: string;
}

/** `why`: a sentence for the log. `target` is null where nothing is deployed. */
export type CompiledFix = { ok: true; target: AuditTarget | null } | { ok: false; why: string };

export async function compileFixed(options: { context: StageContext<unknown>; toolchain: SandboxToolchain; sources: readonly SourceFile[]; target: AuditTarget | null }): Promise<CompiledFix> {
  const { context, toolchain, sources, target } = options;
  const answer = await compileSources({ context, toolchain, sources });
  if (answer.status === "ended") return { ok: false, why: `could not be compiled: ${answer.error.message}` };
  if (answer.compiled === null) {
    const error = answer.diagnostics.find((one) => one.severity === "error");
    return { ok: false, why: `does not compile: ${error?.message ?? "no reason was given"}` };
  }
  if (target === null) return { ok: true, target: null };
  const { key, deployable: before } = target;
  const described = answer.compiled.contracts.find((one) => one.key === key);
  if (described?.deployable !== true || described.needs_linking) return { ok: false, why: `has no ${before.contract} any more that could be deployed` };
  if (described.size_bytes > described.size_limit || described.initcode_bytes > described.initcode_limit) return { ok: false, why: `makes ${before.contract} too large for a chain` };
  const after = await readDeployable({ compiled: answer.compiled, key, args: argumentsOf(before) });
  const lost = findLost({ before, after });
  if (lost !== null) return { ok: false, why: lost };
  return { ok: true, target: { key, deployable: after } };
}

const argumentsOf = ({ upgradeable, constructor_args: args }: Deployable) => (upgradeable === null ? args : upgradeable.initializer.args);

type AbiEntry = Deployable["abi"][number];

/** Mending adds functions at most: whoever relies on the others must find them. Null: nothing is lost. */
export function findLost({ before, after }: { before: Deployable; after: Deployable }): string | null {
  if ((before.upgradeable === null) !== (after.upgradeable === null)) return `changes whether ${before.contract} is upgradeable`;
  if (checkArguments(after) !== null || constructorOf(before) !== constructorOf(after)) return `changes what the constructor of ${before.contract} takes`;
  const kept = new Set(after.abi.map(describeEntry));
  const lost = before.abi.find((one) => ["function", "receive", "fallback"].includes(one.type) && !kept.has(describeEntry(one)));
  return lost === undefined ? null : `takes away or changes ${typeof lost.name === "string" ? `the function ${lost.name}` : `the ${lost.type} function`} of ${before.contract}`;
}

const constructorOf = ({ abi }: Deployable) => shapeOf(abi.find(({ type }) => type === "constructor")?.inputs ?? []);

function describeEntry(entry: AbiEntry): string {
  return [entry.type, String(entry.name), shapeOf(entry.inputs ?? []), shapeOf(entry.outputs ?? []), entry.stateMutability === "payable" ? "payable" : ""].join("\0");
}

/** Types without the names, which callers do not see. */
const shapeOf = (parameters: unknown) => JSON.stringify(parameters, (key, value: unknown) => (key === "name" || key === "internalType" ? undefined : value));
