/**
 * A child process that is kept running.
 *
 * States: idle → starting → ready → (exited → waiting → starting …) and, from anywhere, stopping → stopped.
 * A child says `{type: "ready"}` over its IPC channel. One that dies is started again after a pause that doubles from
 * 250 ms to 15 s, and is forgotten once it has been ready for a minute. One that never became ready is given up after
 * five attempts; one that calls its configuration wrong (exit code 78) at once.
 *
 * Each child leads a process group of its own: the terminal's Ctrl-C does not reach it, and what it leaves behind is
 * killed with the group.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { CONFIG_EXIT_CODE } from "../env";
import { createLinePrefixer } from "./output-lines";

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;
const HEALTHY_AFTER_MS = 60_000;
const ATTEMPTS_BEFORE_READY = 5;

const readySchema = z.object({ type: z.literal("ready") });

export interface ProcessSpec {
  name: string;
  command: string;
  args: readonly string[];
  cwd: string;
  /** Asked for at every start: what a child needs to know may have changed. */
  environment: () => NodeJS.ProcessEnv;
  /** How long it may take until it is ready. */
  readyWithinMs: number;
  /** How long it may take to finish its work after SIGTERM. */
  drainWithinMs: number;
}

export interface SupervisedProcessOptions {
  spec: ProcessSpec;
  /** Receives whole, prefixed lines of the child's output. */
  write: (line: string) => void;
  /** Receives what the supervisor has to say about it. */
  say: (message: string) => void;
  /** Called once when the child is given up; nothing is restarted after it. */
  onGivenUp: (exitCode: number) => void;
}

export interface SupervisedProcess {
  /** Starts it and resolves when it is ready for the first time. Rejects when it is given up or stopped before. */
  start(): Promise<void>;
  /** Lets it finish and starts it again, without counting as a failure. */
  restart(): Promise<void>;
  /** Lets it finish (`force`: kills it) and resolves when it and its group are gone. */
  stop(options?: { force: boolean }): Promise<void>;
  readonly pid: number | undefined;
}

export function createSupervisedProcess(options: SupervisedProcessOptions): SupervisedProcess {
  const { spec, write, say } = options;
  const stopping = new AbortController();
  const firstReady = Promise.withResolvers<void>();
  firstReady.promise.catch(() => undefined);
  let child: ChildProcess | undefined;
  let childGone: Promise<void> = Promise.resolve();
  let everReady = false;
  let failures = 0;
  let asked = false;

  const giveUp = (exitCode: number, reason: string): void => {
    stopping.abort();
    firstReady.reject(new Error(reason));
    say(reason);
    options.onGivenUp(exitCode);
  };

  const run = (): void => {
    if (stopping.signal.aborted) return;
    asked = false;
    const started = spawn(spec.command, spec.args, { cwd: spec.cwd, env: spec.environment(), stdio: ["ignore", "pipe", "pipe", "ipc"], detached: true });
    child = started;
    for (const stream of [started.stdout, started.stderr]) {
      if (stream === null) continue;
      const lines = createLinePrefixer({ name: spec.name, write });
      stream.setEncoding("utf8");
      stream.on("data", (chunk: string) => lines.push(chunk));
      stream.on("end", () => lines.end());
    }

    let readyAt: number | undefined;
    const slow = setTimeout(() => {
      say(`${spec.name} is not ready after ${spec.readyWithinMs / 1000} s; killing it`);
      killGroup(started.pid, "SIGKILL");
    }, spec.readyWithinMs);
    started.on("message", (message) => {
      if (readyAt !== undefined || !readySchema.safeParse(message).success) return;
      clearTimeout(slow);
      readyAt = Date.now();
      if (everReady) say(`${spec.name} is ready again`);
      everReady = true;
      firstReady.resolve();
    });

    childGone = new Promise((resolve) => {
      const ended = (outcome: { code: number | null; text: string }): void => {
        clearTimeout(slow);
        killGroup(started.pid, "SIGKILL");
        if (child === started) child = undefined;
        resolve();
        if (!stopping.signal.aborted) void afterExit(outcome, readyAt);
      };
      started.once("error", (error) => ended({ code: null, text: error.message }));
      started.once("exit", (code, signal) => ended({ code, text: signal ?? `exit code ${code}` }));
    });
  };

  const afterExit = async (outcome: { code: number | null; text: string }, readyAt: number | undefined): Promise<void> => {
    if (asked) return run();
    if (outcome.code === CONFIG_EXIT_CODE) return giveUp(CONFIG_EXIT_CODE, `${spec.name} finds its configuration wrong; see its lines above`);
    failures = readyAt !== undefined && Date.now() - readyAt > HEALTHY_AFTER_MS ? 1 : failures + 1;
    if (!everReady && failures >= ATTEMPTS_BEFORE_READY) return giveUp(1, `${spec.name} did not start in ${ATTEMPTS_BEFORE_READY} attempts (${outcome.text}); see its lines above`);
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
    say(`${spec.name} ended unexpectedly (${outcome.text}); starting it again in ${pause / 1000} s`);
    await delay(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    run();
  };

  const end = async (force: boolean): Promise<void> => {
    const running = child;
    if (running === undefined) return;
    killOne(running, force ? "SIGKILL" : "SIGTERM");
    const overdue = setTimeout(() => {
      say(`${spec.name} has not finished within ${spec.drainWithinMs / 1000} s; killing it`);
      killGroup(running.pid, "SIGKILL");
    }, spec.drainWithinMs);
    await childGone;
    clearTimeout(overdue);
  };

  return {
    start: () => {
      run();
      return firstReady.promise;
    },
    restart: async () => {
      asked = true;
      await end(false);
    },
    stop: async ({ force } = { force: false }) => {
      stopping.abort();
      firstReady.reject(new Error(`${spec.name} was stopped before it was ready`));
      await end(force);
    },
    get pid() {
      return child?.pid;
    },
  };
}

function killOne(child: ChildProcess, signal: NodeJS.Signals): void {
  if (signal === "SIGKILL") killGroup(child.pid, signal);
  else child.kill(signal);
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in it.
  }
}
