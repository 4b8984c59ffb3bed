/** What is left out of a push: .gitignore and .slipwayignore of every folder, as git reads them. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import createIgnore, { type Ignore } from "ignore";
import { usageError } from "../command-error";
import { isErrno } from "../config-file";

const FILES = [".gitignore", ".slipwayignore"];
/** Never wanted; not even a rule such as `!node_modules` brings them back. */
const NEVER = new Set([".git", "node_modules"]);

/** The rules of one folder; paths are tested relative to it. */
interface FolderRules {
  /** Absolute. */
  folder: string;
  rules: Ignore;
}

/** From the outermost folder to the innermost: where two disagree, the inner one wins. */
export type IgnoreRules = readonly FolderRules[];

/** The rules that hold in `folder` because of the folders above it, up to the git repository it lies in. */
export async function readRulesAbove(folder: string): Promise<IgnoreRules> {
  const above: string[] = [];
  for (let current = folder; ; current = path.dirname(current)) {
    if (await isRepository(current)) {
      const found = await Promise.all(above.map((parent) => readRules(parent)));
      const exclude = await readRules(current, [path.join(".git", "info", "exclude")]);
      return [exclude, ...found.reverse()].flat();
    }
    if (path.dirname(current) === current) return [];
    above.push(path.dirname(current));
  }
}

/** `rules` with those that stand in `folder` itself. */
export async function addRulesOf(options: { rules: IgnoreRules; folder: string }): Promise<IgnoreRules> {
  return [...options.rules, ...(await readRules(options.folder))];
}

/** `target` is absolute and inside of the folders that the rules are of; its parents are not ignored themselves. */
export function isIgnored(options: { rules: IgnoreRules; target: string; isFolder: boolean }): boolean {
  const { rules, target, isFolder } = options;
  if (NEVER.has(path.basename(target))) return true;
  let ignored = false;
  for (const { folder, rules: own } of rules) {
    const relative = path.relative(folder, target).split(path.sep).join("/");
    const verdict = own.test(isFolder ? `${relative}/` : relative);
    if (verdict.ignored) ignored = true;
    else if (verdict.unignored) ignored = false;
  }
  return ignored;
}

async function readRules(folder: string, names: readonly string[] = FILES): Promise<FolderRules[]> {
  const texts = await Promise.all(names.map((name) => readIfThere(path.join(folder, name))));
  // A later line wins over an earlier one, so .slipwayignore has the last word in its folder.
  const text = texts.filter((content) => content !== "").join("\n");
  return text === "" ? [] : [{ folder, rules: createIgnore({ ignorecase: false }).add(text) }];
}

/** Rules that can't be read may leave secrets out: without them nothing is sent. */
async function readIfThere(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: unknown) => {
    if (isErrno(error) && (error.code === "ENOENT" || error.code === "ENOTDIR" || error.code === "EISDIR")) return "";
    throw usageError(`${file} can't be read, so what it leaves out is not known: ${error instanceof Error ? error.message : String(error)}.`, "Mend its permissions, or remove it");
  });
}

async function isRepository(folder: string): Promise<boolean> {
  return readFile(path.join(folder, ".git", "HEAD")).then(() => true, () => readFile(path.join(folder, ".git")).then(() => true, () => false));
}
