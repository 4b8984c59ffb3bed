/**
 * One `anvil` of ours, for one embedded chain. The command line is `setpriv --pdeathsig TERM flock --no-fork LOCK anvil …`:
 *
 * - it gets SIGTERM when this process dies, however it dies, and writes its state before it leaves;
 * - it holds the lock for as long as it lives, so there is one anvil a chain and folder, whatever number of workers;
 * - it leads a group of its own, so that whoever cleans up after a dead worker does not kill it while it writes.
 *
 * It listens on loopback only, without permission for web pages of other sites.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rename } from "node:fs/promises";
import path from "node:path";

/** flock's answer when another anvil has the lock. */
const LOCKED_EXIT = 75;
/**
 * What a crash of anvil itself (or of the machine) can cost: it writes at every end, and this often besides. It writes all of
 * it each time, changed or not (measured: some 100 KB a deployment), so not more often.
 */
const STATE_EVERY_SECONDS = 30;
const STOP_WITHIN_MS = 10_000;
/** Nothing of our own environment: it knows no secret. */
const CLEAN_ENVIRONMENT = { PATH: "/usr/bin:/bin", NODE_ENV: "production" } as const;
const STDERR_KEPT = 4_000;

export type AnvilEnd = "locked" | "port taken" | "ended";

export interface AnvilProcess {
  readonly pid: number | undefined;
  /** False once it has ended. */
  readonly alive: boolean;
  /** Resolves when it has ended: why, and its last words. */
  ended: Promise<{ why: AnvilEnd; text: string }>;
  /** Lets it write its state and leave. */
  stop(): Promise<void>;
}

export interface StartAnvilOptions {
  binary: string;
  /** Of this chain alone; made when missing. */
  folder: string;
  chainId: number;
  port: number;
}

/** The state that a start goes on from: `null` without one. Its presence says that the chain was used. */
export function stateFile(folder: string): string {
  return path.join(folder, "state.json");
}

export async function startAnvil(options: StartAnvilOptions): Promise<AnvilProcess> {
  const { binary, folder, chainId, port } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const child = spawn(
    "setpriv",
    [
      "--pdeathsig", "TERM",
      "flock", "--nonblock", "--conflict-exit-code", String(LOCKED_EXIT), "--no-fork", path.join(folder, "lock"),
      binary, "--host", "127.0.0.1", "--port", String(port), "--chain-id", String(chainId), "--accounts", "0", "--no-cors",
      "--state", stateFile(folder), "--state-interval", String(STATE_EVERY_SECONDS), "--quiet",
    ],
    { cwd: folder, stdio: ["ignore", "ignore", "pipe"], detached: true, env: { ...CLEAN_ENVIRONMENT, HOME: folder } },
  );
  return watch(child);
}

function watch(child: ChildProcess): AnvilProcess {
  let text = "";
  child.stderr?.setEncoding("utf8");
  child.stderr?.on("data", (chunk: string) => {
    text = (text + chunk).slice(-STDERR_KEPT);
  });
  let alive = true;
  const ended = new Promise<{ why: AnvilEnd; text: string }>((resolve) => {
    child.once("error", (error) => {
      alive = false;
      resolve({ why: "ended", text: error.message });
    });
    child.once("close", (code, signal) => {
      alive = false;
      const why = code === LOCKED_EXIT ? "locked" : /address already in use|os error 98/i.test(text) ? "port taken" : "ended";
      resolve({ why, text: text.trim() === "" ? (signal ?? `exit code ${code}`) : text.trim() });
    });
  });
  return {
    get pid() {
      return child.pid;
    },
    get alive() {
      return alive;
    },
    ended,
    async stop() {
      if (!alive) return;
      child.kill("SIGTERM");
      const overdue = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS);
      await ended;
      clearTimeout(overdue);
    },
  };
}

function previousStateFile(folder: string): string {
  return path.join(folder, "state.previous.json");
}

/** Right after a start, which read the state and has not written it since: a copy to fall back on. */
export async function keepPreviousState(folder: string): Promise<void> {
  if (existsSync(stateFile(folder))) await copyFile(stateFile(folder), previousStateFile(folder));
}

/**
 * After a start that failed: a state that was cut off while it was written (the machine lost power, the disk was full) is
 * put aside for the one before it. Answers what was done, in words, or null when the state is whole.
 */
export async function mendState(folder: string): Promise<string | null> {
  const file = stateFile(folder);
  if (!existsSync(file) || (await isWhole(file))) return null;
  await rename(file, path.join(folder, "state.broken.json"));
  if (!existsSync(previousStateFile(folder)) || !(await isWhole(previousStateFile(folder)))) return "its state was cut off and there is no earlier one: the chain begins anew";
  await copyFile(previousStateFile(folder), file);
  return "its state was cut off: the chain goes on from where it was at its last start";
}

async function isWhole(file: string): Promise<boolean> {
  try {
    JSON.parse(await readFile(file, "utf8"));
    return true;
  } catch {
    return false;
  }
}
