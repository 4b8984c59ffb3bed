/** Finds the files of a folder that a push sends. */
import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { isAppError } from "~/domain/errors";
import { checkTotals, describePathProblem, findClashes } from "~/server/services/releases/validate-files";
import { usageError } from "../command-error";
import { addRulesOf, isIgnored, readRulesAbove, type IgnoreRules } from "./ignore-rules";

export interface FoundFile {
  /** Relative to the folder, `/`-separated. */
  path: string;
  /** Where to read it; absolute. */
  file: string;
  size: number;
}

export interface Collection {
  /** By path. */
  files: FoundFile[];
  totalBytes: number;
  /** What was left out although no rule says so, and what looks as if it should have been; one sentence each. */
  warnings: string[];
}

/** Files whose name says that they hold secrets. */
const SECRETS = /^(\.env(\..+)?|\.npmrc|\.netrc|id_(rsa|ed25519|ecdsa)|.*\.(pem|p12|pfx))$/;
const HARMLESS = /\.(example|sample|template)$/;

/** Throws a usage error for a folder that is none, is empty, has too many files or bytes, or paths that no release may have. */
export async function collectFiles(options: { folder: string }): Promise<Collection> {
  const root = await realpath(options.folder).catch(() => {
    throw usageError(`There is no folder ${options.folder}.`, "Name the folder to push: slipway push <dir>");
  });
  if (!(await stat(root)).isDirectory()) throw usageError(`${options.folder} is a file.`, "Name the folder that it is in: slipway push <dir>");
  const files: FoundFile[] = [];
  const warnings: string[] = [];
  await walk({ root, folder: root, rules: await readRulesAbove(root), files, warnings });
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  checkFiles({ folder: options.folder, files });
  return { files, totalBytes: files.reduce((sum, file) => sum + file.size, 0), warnings };
}

interface Walk {
  root: string;
  folder: string;
  rules: IgnoreRules;
  files: FoundFile[];
  warnings: string[];
}

async function walk(options: Walk): Promise<void> {
  const { root, folder, files, warnings } = options;
  const rules = await addRulesOf({ rules: options.rules, folder });
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const target = path.join(folder, entry.name);
    const relative = path.relative(root, target).split(path.sep).join("/");
    if (isIgnored({ rules, target, isFolder: entry.isDirectory() })) continue;
    if (entry.isDirectory()) {
      await walk({ ...options, folder: target, rules });
      continue;
    }
    const size = await sizeOf({ root, target, relative, entry, warnings });
    if (size === null) continue;
    if (SECRETS.test(entry.name) && !HARMLESS.test(entry.name)) warnings.push(`${relative} may hold secrets and is sent. Name it in .slipwayignore to leave it out.`);
    files.push({ path: relative, file: target, size });
  }
}

/** Null, with a warning, for what is not sent. A link may lead to a file inside the folder: one outside is not the release's. */
async function sizeOf(options: { root: string; target: string; relative: string; entry: Dirent; warnings: string[] }): Promise<number | null> {
  const { root, target, relative, entry, warnings } = options;
  if (entry.isFile()) return (await stat(target)).size;
  if (!entry.isSymbolicLink()) {
    warnings.push(`${relative} is not a regular file and is left out.`);
    return null;
  }
  const real = await realpath(target).catch(() => null);
  const inside = real !== null && real.startsWith(`${root}${path.sep}`);
  const facts = inside ? await stat(real) : null;
  if (facts?.isFile() === true) return facts.size;
  const why = real === null ? "leads nowhere" : inside ? "leads to a folder" : "leads out of the folder";
  warnings.push(`${relative} is a link that ${why}, and is left out.`);
  return null;
}

/** The server's own rules, said before anything is sent. */
function checkFiles(options: { folder: string; files: readonly FoundFile[] }): void {
  const { folder, files } = options;
  if (files.length === 0) throw usageError(`There are no files to send in ${path.resolve(folder)}.`, "Check the folder, and what .gitignore and .slipwayignore leave out");
  for (const file of files) {
    const problem = describePathProblem(file.path);
    if (problem !== null) throw usageError(`${JSON.stringify(file.path)} ${problem}`);
  }
  const clash = findClashes({ paths: files.map((file) => file.path), field: "files" })[0];
  if (clash !== undefined) throw usageError(nameField({ path: clash.path, files }) + ` ${clash.message}`);
  try {
    checkTotals({ sizes: files.map((file) => file.size), field: folder });
  } catch (error) {
    throw isAppError(error) ? usageError(error.userMessage, "Name what the build does not need in .slipwayignore") : error;
  }
}

/** `files.3.path` → the path of the file that was sent as the fourth; other fields as they are. */
export function nameField(options: { path: string; files: readonly { path: string }[] }): string {
  const index = /^files\.(\d+)(\.|$)/.exec(options.path)?.[1];
  return (index === undefined ? undefined : options.files[Number(index)]?.path) ?? options.path;
}
