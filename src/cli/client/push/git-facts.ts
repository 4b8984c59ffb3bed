/** What git says of a folder. */
import { execFile } from "node:child_process";

export interface GitFacts {
  /** Undefined outside of a repository, and before its first commit. */
  commit: string | undefined;
  /** The branch, else the tag that is checked out. */
  ref: string | undefined;
  /** Whether the folder differs from the commit. */
  dirty: boolean;
}

const NONE: GitFacts = { commit: undefined, ref: undefined, dirty: false };

/** All undefined where git or the repository is missing: a push does not need one. */
export async function readGitFacts(options: { folder: string }): Promise<GitFacts> {
  const ask = (...args: string[]): Promise<string | undefined> => runGit({ folder: options.folder, args });
  const commit = await ask("rev-parse", "--verify", "-q", "HEAD");
  if (commit === undefined || !/^[0-9a-f]{40,64}$/.test(commit)) return NONE;
  const [branch, tag, changes] = await Promise.all([ask("symbolic-ref", "--short", "-q", "HEAD"), ask("describe", "--tags", "--exact-match", "HEAD"), ask("status", "--porcelain", "--", ".")]);
  const ref = branch ?? tag;
  return { commit, ref: ref === undefined || ref.length > 255 ? undefined : ref, dirty: changes !== undefined };
}

/** What it printed; undefined when that is nothing or it failed. */
function runGit(options: { folder: string; args: readonly string[] }): Promise<string | undefined> {
  // A repository's own settings may name programs to run: none is needed here.
  const args = ["-C", options.folder, "-c", "core.fsmonitor=false", "--no-optional-locks", ...options.args];
  return new Promise((resolve) => {
    execFile("git", args, { timeout: 10_000, maxBuffer: 64 * 1024 * 1024 }, (error, stdout) => resolve(error === null && stdout.trim() !== "" ? stdout.trim() : undefined));
  });
}
