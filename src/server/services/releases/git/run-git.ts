/** Starts git as a child with a clean environment, hard limits and, where we are root, a user that owns nothing. */
import { spawn, type ChildProcess } from "node:child_process";

/** Of the whole fetch, ms. */
export const GIT_WALL_MS = 30_000;

/** A pack of a release that is within its limits, with room; bytes. */
const MAX_FILE_BYTES = 96 * 1024 * 1024;
const LIMITS = [`--fsize=${MAX_FILE_BYTES}`, "--cpu=30", "--nofile=128", "--nproc=512", "--core=0", `--as=${2 * 1024 ** 3}`];
const NOBODY = 65_534;
const MAX_STDERR = 16 * 1024;
/** The configuration that lets git speak plain HTTP. */
export const HTTP_ALLOWED = "protocol.http.allow=always";

export interface GitPlace {
  /** The bare repository, and git's home. */
  folder: string;
  /** Each as `key=value`. */
  config: readonly string[];
  /** Aborts when the caller leaves or the time is over; then the whole process group is killed. */
  signal: AbortSignal;
}

export interface GitResult {
  code: number | null;
  stdout: Buffer;
  stderr: string;
  /** More came than was asked for; the rest was not read. */
  isCut: boolean;
}

/** The user that git runs as and that must own its folder, or undefined where we can't choose. */
export function gitUser(): { uid: number; gid: number } | undefined {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : undefined;
}

/** A running git with pipes. It dies with the signal; whoever starts it waits for its `close`. */
export function startGit(options: GitPlace & { args: readonly string[] }): ChildProcess & { stdin: NonNullable<ChildProcess["stdin"]>; stdout: NonNullable<ChildProcess["stdout"]>; stderr: NonNullable<ChildProcess["stderr"]> } {
  const { folder, config, signal, args } = options;
  signal.throwIfAborted();
  const child = spawn("prlimit", [...LIMITS, "--", "git", ...args], {
    cwd: folder,
    env: environmentOf({ folder, config }),
    stdio: ["pipe", "pipe", "pipe"],
    // A group of its own, so that the helpers that git starts are killed with it.
    detached: true,
    ...gitUser(),
  });
  const kill = (): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // The group is gone already.
    }
  };
  signal.addEventListener("abort", kill, { once: true });
  child.once("close", () => {
    signal.removeEventListener("abort", kill);
    kill();
  });
  child.stdin.on("error", () => undefined);
  return child;
}

/** Runs git to its end. Throws the signal's reason when that comes first, and an error when git can't be started. */
export async function runGit(options: GitPlace & { args: readonly string[]; maxStdout?: number }): Promise<GitResult> {
  const { maxStdout = 1024 * 1024 } = options;
  const child = startGit(options);
  child.stdin.end();
  const out: Buffer[] = [];
  let size = 0;
  let stderr = "";
  let isCut = false;
  child.stdout.on("data", (chunk: Buffer) => {
    size += chunk.byteLength;
    if (size <= maxStdout) out.push(chunk);
    else {
      isCut = true;
      child.kill("SIGKILL");
    }
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr = (stderr + chunk.toString("utf8")).slice(-MAX_STDERR);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exit) => resolve(exit));
  });
  options.signal.throwIfAborted();
  return { code, stdout: Buffer.concat(out), stderr, isCut };
}

function environmentOf({ folder, config }: Pick<GitPlace, "folder" | "config">): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {
    NODE_ENV: "production",
    PATH: "/usr/bin:/bin",
    HOME: folder,
    LANG: "C.UTF-8",
    GIT_DIR: folder,
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: "/bin/false",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_CONFIG_COUNT: String(config.length),
    // Goes before every `protocol.…` of the configuration.
    GIT_ALLOW_PROTOCOL: config.includes(HTTP_ALLOWED) ? "https:http" : "https",
  };
  config.forEach((pair, index) => {
    const at = pair.indexOf("=");
    environment[`GIT_CONFIG_KEY_${index}`] = pair.slice(0, at);
    environment[`GIT_CONFIG_VALUE_${index}`] = pair.slice(at + 1);
  });
  return environment;
}
