import valid from "semver/functions/valid";
import { z } from "zod";
import { PACKAGE_NAME_PATTERN, PACKAGE_NAME_RULE } from "~/domain/names";
import { MAX_FILES, MAX_TOTAL_BYTES } from "~/domain/release-files";
import { describeTooLarge, describeTooMany, sumBytes, type IntakeFile, type IntakeProblem } from "./intake-file";
import { findClash, findPathProblem } from "./path-rules";

/** Kinds that are made from files on this page. */
export type FilesKind = "circuit" | "contract";

/** What a person has put into the form. */
export interface ReleaseDraft {
  kind: FilesKind;
  name: string;
  /** Empty: the server counts on from the last one. */
  version: string;
  files: readonly IntakeFile[];
}

export interface ReleaseProblems {
  name: string | null;
  version: string | null;
  files: IntakeProblem[];
}

/** What keeps the draft from being built. All null and empty: nothing does. */
export function checkRelease({ kind, name, version, files }: ReleaseDraft): ReleaseProblems {
  return { name: checkName(name), version: checkVersion(version), files: checkFiles({ kind, files }) };
}

export function hasProblems(problems: ReleaseProblems): boolean {
  return problems.name !== null || problems.version !== null || problems.files.length > 0;
}

export function checkName(name: string): string | null {
  if (name === "") return "Give the package a name.";
  return PACKAGE_NAME_PATTERN.test(name) ? null : `The name ${PACKAGE_NAME_RULE}.`;
}

export function checkVersion(version: string): string | null {
  if (version === "" || valid(version) === version) return null;
  return "The version must be a semantic version, such as 1.4.0 or 2.0.0-beta.1. Leave it empty to count on from the last one.";
}

function checkFiles({ kind, files }: { kind: FilesKind; files: readonly IntakeFile[] }): IntakeProblem[] {
  if (files.length === 0) return [{ path: "", message: "Add at least one file." }];
  if (files.length > MAX_FILES) return [{ path: "", message: describeTooMany(files.length) }];
  const total = sumBytes(files);
  if (total > MAX_TOTAL_BYTES) return [{ path: "", message: describeTooLarge(total) }];
  const problems = files.flatMap(({ path }) => {
    const message = findPathProblem(path);
    return message === null ? [] : [{ path, message }];
  });
  const clash = findClash(files.map((file) => file.path));
  if (clash !== null) problems.push({ path: clash[1], message: `It differs from ${clash[0]} only in upper and lower case. Rename one.` });
  const twice = files.find((file, index) => files.findIndex((each) => each.path === file.path) !== index);
  if (twice !== undefined) problems.push({ path: twice.path, message: "Two files have this path. Rename one." });
  return [...problems, ...(kind === "circuit" ? checkBoard(files) : checkSolidity(files))];
}

const BOARD = /(?:^|\/)(?:index\.[cm]?[jt]sx?|[^/]+\.(?:circuit|board)\.tsx)$/;

/** A circuit needs a board to build; a config file may name another entry, and the server knows how to read it. */
function checkBoard(files: readonly IntakeFile[]): IntakeProblem[] {
  const hasBoard = files.some(({ path }) => BOARD.test(path) || path === "tscircuit.config.json" || path === "tscircuit.config.ts");
  if (hasBoard) return [];
  return [{ path: "", message: "There is no board: name a file index.tsx, or let its name end in .circuit.tsx or .board.tsx." }];
}

function checkSolidity(files: readonly IntakeFile[]): IntakeProblem[] {
  return files.some(({ path }) => path.endsWith(".sol")) ? [] : [{ path: "", message: "There is no Solidity file: add one whose name ends in .sol." }];
}

const manifest = z.object({ name: z.string().optional().catch(undefined), version: z.string().optional().catch(undefined) });

/** Name and version that the files speak of themselves: `package.json` first, then the folder they came in. */
export function suggestNames({ files, folder }: { files: readonly IntakeFile[]; folder: string | null }): { name: string | null; version: string | null } {
  const text = files.find((file) => file.path === "package.json")?.text ?? null;
  const read = text === null ? null : readManifest(text);
  const version = read?.version !== undefined && valid(read.version) === read.version ? read.version : null;
  return { name: toPackageName(read?.name?.replace(/^@[^/]+\//, "") ?? folder ?? ""), version };
}

function readManifest(text: string): z.infer<typeof manifest> | null {
  try {
    return manifest.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** The nearest allowed name: `My Board!` → `my-board`. Null when nothing is left. */
export function toPackageName(text: string): string | null {
  const name = text.toLowerCase().replace(/[^a-z0-9._-]+/g, "-").replace(/^[^a-z0-9]+/, "").replace(/[-.]+$/, "").slice(0, 100);
  return PACKAGE_NAME_PATTERN.test(name) ? name : null;
}
