/** Programs and analyzers without which Slipway works, but not all of it. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import type { CheckResult } from "./run-checks";

const LEAST_GIT = [2, 37] as const;

/** `search`: where programs are looked for; as PATH. */
export async function checkPrograms(options: { search: string | undefined }): Promise<CheckResult[]> {
  const [git, prlimit] = await Promise.all([firstLine({ ...options, program: "git" }), firstLine({ ...options, program: "prlimit" })]);
  const without = "releases can't be fetched from git addresses";
  const results: CheckResult[] = [];
  if (git === undefined) results.push({ name: "git", status: "warn", detail: `not installed: ${without}`, fix: "as root: apt-get install git" });
  else if (!isNewEnough(git)) results.push({ name: "git", status: "warn", detail: `${git} is too old: ${without}`, fix: `install ${LEAST_GIT.join(".")} or newer` });
  if (prlimit === undefined) results.push({ name: "git", status: "warn", detail: `prlimit is not installed: ${without}`, fix: "as root: apt-get install util-linux" });
  return results.length > 0 ? results : [{ name: "git", status: "ok", detail: git ?? "" }];
}

/** Installed by the start where PyPI can be reached; it is the one part that a start may have gone on without. */
export function checkSlither({ root }: { root: string }): CheckResult {
  if (existsSync(path.join(root, "toolchains/audit/.venv/.slipway-stamp"))) return { name: "slither", status: "ok", detail: "installed" };
  return { name: "slither", status: "warn", detail: "not installed: contracts are audited without it, and say so", fix: "npm start tries again; why it failed is in .tools/logs/install-slither.log (PIP_INDEX_URL names a mirror)" };
}

function isNewEnough(version: string): boolean {
  const [, major = "0", minor = "0"] = /(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(major) > LEAST_GIT[0] || (Number(major) === LEAST_GIT[0] && Number(minor) >= LEAST_GIT[1]);
}

/** Of what `program --version` prints; undefined when it can't be run. */
function firstLine(options: { program: string; search: string | undefined }): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(options.program, ["--version"], { timeout: 10_000, env: { PATH: options.search ?? "", LC_ALL: "C", NODE_ENV: "production" } }, (error, stdout) => resolve(error === null ? stdout.split("\n", 1)[0] : undefined));
  });
}
