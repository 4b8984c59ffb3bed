/** Which of several contracts is deployed, and whether its arguments fit. */
import { z } from "zod";
import type { StageFailure } from "../define";
import type { CompiledSources } from "./compile-sources";
import type { Deployable } from "./deployable";

type Candidate = CompiledSources["contracts"][number];
export type Choice = { contract: Candidate | null } | { error: StageFailure };

/** The one that was asked for; else the only one that no other source speaks of. */
export function chooseContract(options: { contracts: readonly Candidate[]; wanted: string | null; texts: ReadonlyMap<string, string> }): Choice {
  const { contracts, wanted, texts } = options;
  const candidates = contracts.filter((contract) => contract.deployable);
  const names = candidates.map((contract) => contract.key).join(", ");
  if (wanted !== null) {
    const found = candidates.filter((contract) => contract.name === wanted || contract.key === wanted);
    if (found.length === 1 && found[0] !== undefined) return { contract: found[0] };
    const linking = contracts.find((contract) => contract.name === wanted && contract.needs_linking);
    const why = linking !== undefined ? "it calls a library that has to be linked; make the library's functions internal" : found.length > 1 ? "several files have one" : `the contracts that can be deployed are ${names === "" ? "none" : names}`;
    return { error: { code: "contract_not_found", message: `options.contract: "${wanted}" can't be deployed: ${why}.` } };
  }
  // Those that can't be deployed as they are count too: what is meant must not be taken for what is left.
  const meant = contracts.filter((contract) => contract.deployable || contract.needs_linking);
  const [first] = meant;
  if (first === undefined) return { contract: null };
  const top = meant.filter((candidate) => !isUsed({ candidate, candidates: meant, texts }));
  const only = meant.length === 1 ? first : top.length === 1 ? top[0] : undefined;
  if (only?.needs_linking === true) {
    return { error: { code: "library_not_linked", message: `${only.name} calls a library that has to be deployed and linked first, which is not done here. Make the library's functions internal.`, location: { file: only.file } } };
  }
  if (only !== undefined) return { contract: only };
  return { error: { code: "contract_not_chosen", message: `Several contracts could be deployed: ${names}. Name one in options.contract.` } };
}

/** Whether another of them, or its file, names it: as a parent, or to create it. */
function isUsed({ candidate, candidates, texts }: { candidate: Candidate; candidates: readonly Candidate[]; texts: ReadonlyMap<string, string> }): boolean {
  const word = new RegExp(`(?:\\bnew\\s+${candidate.name}\\b|\\bis\\b[^{;]*\\b${candidate.name}\\b)`);
  return candidates.some((other) => other !== candidate && word.test(texts.get(other.file) ?? ""));
}

const parameter = z.looseObject({ type: z.string(), name: z.string().default("") });
const parameters = z.array(parameter);

/** The parameters that the arguments are for: the constructor's, or the initializer's behind a proxy. */
export function listParameters(deployable: Deployable): z.infer<typeof parameters> {
  const { upgradeable } = deployable;
  const entry = deployable.abi.find((one) => (upgradeable === null ? one.type === "constructor" : one.type === "function" && one.name === upgradeable.initializer.name));
  return parameters.parse(entry?.inputs ?? []);
}

/** What is wrong with the number of arguments; null: nothing. Their values are checked when they are encoded. */
export function checkArguments(deployable: Deployable): StageFailure | null {
  const wanted = listParameters(deployable);
  const given = deployable.upgradeable === null ? deployable.constructor_args : deployable.upgradeable.initializer.args;
  if (wanted.length === given.length) return null;
  const what = deployable.upgradeable === null ? "constructor" : `${deployable.upgradeable.initializer.name} function`;
  const list = wanted.map(({ type, name }) => `${type}${name === "" ? "" : ` ${name}`}`).join(", ");
  return {
    code: "constructor_arguments",
    message: `options.constructor_args: the ${what} of ${deployable.contract} takes ${wanted.length} (${list}); there are ${given.length}. Give one value for each.`,
  };
}
