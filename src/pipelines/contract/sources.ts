/** The Solidity sources of a build: where they come from, what they are called, how large they may be. */
import type { NeededStage, SourceFile, StageFailure } from "../define";
import { contractSpec, type ContractSpec } from "./spec/schema";

/** Bytes. A source of this size is far beyond what fits into a contract. */
export const MAX_SOURCE_BYTES = 1024 * 1024;
export const MAX_SOURCES_BYTES = 4 * 1024 * 1024;
export const MAX_SOURCES = 200;

/** Installed packages, builds, hidden folders, tests and scripts of the usual tools are no part of what is built. */
export function isSoliditySource(path: string): boolean {
  return path.endsWith(".sol") && !/(^|\/)(node_modules|artifacts|cache|out|\.[^/]+)\//.test(path) && !/\.(t|s)\.sol$/.test(path);
}

/** Under `contracts/` together: the paths between them, which imports use, stay as they are. */
export function artifactNameOf({ path, paths }: { path: string; paths: readonly string[] }): string {
  return paths.every((one) => one.startsWith("contracts/")) ? path : `contracts/${path}`;
}

/** What is wrong with the sources' sizes; null: nothing. */
export function checkSizes(files: readonly Pick<SourceFile, "path" | "size">[]): StageFailure | null {
  const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
  const large = files.find((file) => file.size > MAX_SOURCE_BYTES);
  if (large !== undefined) {
    return { code: "source_too_large", message: `${large.path} has ${megabytes(large.size)}: a source may have at most ${megabytes(MAX_SOURCE_BYTES)}. Take out what the contract does not need.`, location: { file: large.path } };
  }
  const total = files.reduce((sum, file) => sum + file.size, 0);
  if (total > MAX_SOURCES_BYTES) return { code: "source_too_large", message: `The sources have ${megabytes(total)} together: they may have at most ${megabytes(MAX_SOURCES_BYTES)}. Leave out what the contract does not import.` };
  if (files.length > MAX_SOURCES) return { code: "source_too_large", message: `There are ${files.length} sources: there may be at most ${MAX_SOURCES}. Leave out what the contract does not import.` };
  return null;
}

export interface GeneratedCode {
  spec: ContractSpec;
  /** By the paths that imports and messages use. */
  sources: readonly SourceFile[];
}

/** What `code_generation` handed on. Throws when it is not what that stage writes. */
export async function readGeneratedCode(stage: NeededStage | undefined): Promise<GeneratedCode> {
  const specFile = stage?.artifacts.find((artifact) => artifact.name === "spec.json");
  if (stage === undefined || specFile === undefined) throw new Error("code_generation handed on no spec.json.");
  const spec = contractSpec.parse(JSON.parse(new TextDecoder().decode(await specFile.read())));
  const given = spec.template === "custom" ? new Map(spec.files.map((path) => [artifactNameOf({ path, paths: spec.files }), path])) : new Map<string, string>();
  const sources = stage.artifacts
    .filter((artifact) => artifact.name.endsWith(".sol"))
    .map((artifact): SourceFile => ({ path: given.get(artifact.name) ?? artifact.name, sha256: artifact.sha256, size: artifact.size, read: () => artifact.read() }));
  return { spec, sources };
}
