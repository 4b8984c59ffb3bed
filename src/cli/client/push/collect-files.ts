/** Finds the files of a folder that a push sends. */
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
  const found: Found = { files: [], links: [], warnings: [] };
  await walk({ root, folder: root, rules: await readRulesAbove(root), found });
  await addLinkedFiles({ root, found });
  const { files, warnings } = found;
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  checkFiles({ folder: options.folder, files });
  return { files, totalBytes: files.reduce((sum, file) => sum + file.size, 0), warnings };
}

interface Found {
  files: FoundFile[];
  /** What they lead to is looked at when all files are known. */
  links: { path: string; file: string }[];
  warnings: string[];
}

interface Walk {
  root: string;
  folder: string;
  rules: IgnoreRules;
  found: Found;
}

async function walk(options: Walk): Promise<void> {
  const { root, folder, found } = options;
  const rules = await addRulesOf({ rules: options.rules, folder });
  for (const entry of await orSayWhere({ root, target: folder, work: readdir(folder, { withFileTypes: true }) })) {
    const file = path.join(folder, entry.name);
    const relative = relativeTo(root, file);
    if (isIgnored({ rules, target: file, isFolder: entry.isDirectory() })) continue;
    if (entry.isDirectory()) await walk({ ...options, folder: file, rules });
    else if (entry.isSymbolicLink()) found.links.push({ path: relative, file });
    else if (entry.isFile()) addFile({ found, file: { path: relative, file, size: (await orSayWhere({ root, target: file, work: stat(file) })).size } });
    else found.warnings.push(`${relative} is not a regular file and is left out.`);
  }
}

function addFile(options: { found: Found; file: FoundFile }): void {
  const { found, file } = options;
  const name = path.basename(file.file);
  if (SECRETS.test(name) && !HARMLESS.test(name)) found.warnings.push(`${file.path} may hold secrets and is sent. Name it in .slipwayignore to leave it out.`);
  found.files.push(file);
}

/** A link is sent as the file that it leads to, when that is sent itself: nothing leaves the folder, or what is ignored, by another name. */
async function addLinkedFiles(options: { root: string; found: Found }): Promise<void> {
  const { root, found } = options;
  const sizes = new Map(found.files.map(({ file, size }) => [file, size]));
  for (const link of found.links) {
    const real = await realpath(link.file).catch(() => null);
    const size = real === null ? undefined : sizes.get(real);
    if (size !== undefined) addFile({ found, file: { ...link, size } });
    else found.warnings.push(`${link.path} is a link that ${await describeTarget({ root, real })}, and is left out.`);
  }
}

async function describeTarget({ root, real }: { root: string; real: string | null }): Promise<string> {
  if (real === null) return "leads nowhere";
  if (real !== root && !real.startsWith(`${root}${path.sep}`)) return "leads out of the folder";
  return (await stat(real)).isDirectory() ? "leads to a folder" : "leads to a file that is left out itself";
}

/** A name that is no text can't be asked for again: the system's own letters for it are lost. */
async function orSayWhere<Result>(options: { root: string; target: string; work: Promise<Result> }): Promise<Result> {
  const { root, target, work } = options;
  return work.catch((error: unknown) => {
    const name = relativeTo(root, target) || ".";
    if (name.includes("\ufffd")) throw usageError(`${JSON.stringify(name)} has a name that is not UTF-8.`, "Rename it, or leave it out: name it in .slipwayignore with a ? for each such letter");
    throw usageError(`${name} can't be read: ${error instanceof Error ? error.message : String(error)}.`, "Mend its permissions, or name it in .slipwayignore");
  });
}

function relativeTo(root: string, target: string): string {
  return path.relative(root, target).split(path.sep).join("/");
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
