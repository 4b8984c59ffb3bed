/**
 * Starts one sandbox and holds on to it.
 *
 * starting → ready (the launcher mounted everything; we open its folders and put it in its control group)
 *          → running (bwrap reported its init; the command waits for its line on stdin, or ignores it)
 *          → dead (every process confirmed gone)
 */
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, constants, mkdirSync, openSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Duplex, PassThrough, type Readable, type Writable } from "node:stream";
import { AppError } from "~/domain/errors";
import { openControlGroup, type ControlGroup } from "./control-group";
import { isAlive, listProcessesOfUser, listTree, readProcessStat } from "./process-tree";
import type { InputFile } from "../types";
import { placeInputs } from "./place-inputs";
import { buildFstab, buildLauncherLine, buildSandboxArguments, hardTaskLimit, type SandboxSpec } from "./sandbox-line";
import { GROUPS_FILE, slotVariable, stagePath, type Slot } from "./slots";

const MIB = 1024 * 1024;
const START_TIMEOUT_MS = 20_000;
/** Page cache of what the command reads counts towards the group too. */
const GROUP_SPARE_MB = 64;
const COMPLAINT_TIMEOUT_MS = 2_000;
const CONFIRM_TIMEOUT_MS = 10_000;

export interface Sandbox {
  slot: Slot;
  spec: SandboxSpec;
  group: ControlGroup;
  /** bwrap's monitor, outside of the namespaces. */
  monitorPid: number;
  /** pid 1 of the sandbox as the host counts. */
  init: { pid: number; startedAt: number };
  stdin: Writable;
  stdout: Readable;
  stderr: Readable;
  /** Host folder seen as `/in`. */
  inputFolder: string;
  /** Open folders, the roots of file systems in memory; valid until `dispose`. */
  outFolder: number;
  /** `/tmp` and `/dev/shm`. */
  scratchFolders: readonly number[];
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  hasExited(): boolean;
  /** Processes of the command, without bwrap's own two. */
  listCommand(): number[];
  /** KILL for everything, and waits until it is gone. Throws `AppError("internal")` if something outlives that. */
  killAndConfirm(): Promise<void>;
  /** Closes the folders and the control group; the sandbox must be dead. */
  dispose(): void;
}

export interface LaunchOptions {
  slot: Slot;
  spec: SandboxSpec;
  filterFile: string;
  useControlGroups: boolean;
  /** Put into `/in` before the command starts. Null: they come later, and the command waits for its line on stdin. */
  inputs: readonly InputFile[] | null;
}

/** Throws `AppError("not_available")` when the isolation can't be set up. */
export async function launchSandbox(options: LaunchOptions): Promise<Sandbox> {
  const { slot, spec } = options;
  prepareStage(options);
  if (options.inputs !== null) await placeInputs({ folder: stagePath({ slot, part: "in" }), inputs: options.inputs });
  const fstab = join(slot.folder, "fstab");
  writeFileSync(fstab, buildFstab({ slot, spec }));
  const group = openControlGroup({
    name: slot.name,
    limits: options.useControlGroups
      ? { memoryBytes: (spec.limits.memoryMb + spec.limits.diskMb + GROUP_SPARE_MB) * MIB, tasks: hardTaskLimit({ pids: spec.limits.pids }) }
      : null,
  });
  writeFileSync(join(slot.folder, GROUPS_FILE), group.folders.join("\n"));
  const line = buildLauncherLine({ slot, fstab, filter: options.filterFile, spec, boundsMemory: group.boundsMemory });
  const [name = "", value = ""] = slotVariable({ slot }).split("=");
  const child = spawn(line.file, line.args, { cwd: "/", env: { NODE_ENV: "production", PATH: "/usr/bin:/bin:/usr/sbin:/sbin", [name]: value }, stdio: ["pipe", "pipe", "pipe", "pipe"] });
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", () => resolve({ code: null, signal: null }));
  });
  const control = child.stdio[3];
  if (child.pid === undefined || !(control instanceof Duplex) || child.stdin === null || child.stdout === null || child.stderr === null) {
    throw notAvailable("could not be started", "unshare is missing: install util-linux");
  }
  // The command may end without reading its line.
  child.stdin.on("error", () => undefined);
  control.on("error", () => undefined);

  const stdout = keepOutput(child.stdout);
  const stderr = keepOutput(child.stderr);

  const folders: number[] = [];
  const dispose = (): void => {
    for (const folder of folders.splice(0)) closeSync(folder);
    control.destroy();
    group.remove();
  };
  try {
    const init = await shakeHands({ child, control, stderr, group, spec, folders });
    const [outFolder, ...scratchFolders] = folders;
    if (outFolder === undefined) throw notAvailable("did not open its folders", "");
    return makeSandbox({ slot, spec, group, child, stdin: child.stdin, stdout, stderr, monitorPid: child.pid, init, exited, outFolder, scratchFolders, dispose });
  } catch (error) {
    child.kill("SIGKILL");
    await exited;
    await killLeftovers({ slot, group });
    dispose();
    throw error;
  }
}

interface Handshake {
  child: ChildProcess;
  control: Duplex;
  stderr: Readable;
  group: ControlGroup;
  spec: SandboxSpec;
  folders: number[];
}

async function shakeHands(options: Handshake): Promise<{ pid: number; startedAt: number }> {
  const { child, control, group, folders } = options;
  const pid = child.pid ?? 0;
  let received = "";
  let running = false;
  let ended = false;
  let look: () => void = () => undefined;
  control.on("data", (chunk: Uint8Array) => {
    received += Buffer.from(chunk).toString("latin1");
    look();
  });
  // A command may be over before its pid was read: what was said before the end still counts.
  control.on("close", () => {
    ended = true;
    look();
  });
  const timer = setTimeout(() => {
    ended = true;
    look();
  }, START_TIMEOUT_MS);
  const until = async (pattern: RegExp): Promise<RegExpMatchArray> => {
    for (;;) {
      const match = received.match(pattern);
      if (match !== null) return match;
      if (ended) {
        // Once the command runs, its streams are not ours to read.
        throw notAvailable("did not start", running ? "no message" : await readComplaint(options));
      }
      await new Promise<void>((resolve) => (look = resolve));
    }
  };
  try {
    await until(/ready\n/);
    group.add({ pid });
    for (const part of ["out", "tmp", "shm"]) folders.push(openSync(`/proc/${pid}/root/mnt/${part}`, constants.O_RDONLY | constants.O_DIRECTORY));
    control.end(`start\n${buildSandboxArguments({ spec: options.spec }).join("\0")}\0`);
    const match = await until(/"child-pid":\s*(\d+)/);
    running = true;
    const init = readProcessStat({ pid: Number(match[1]) });
    // Gone already: a pid that no process has, so that "is it alive" answers no.
    return init === null ? { pid: Number(match[1]), startedAt: -1 } : { pid: init.pid, startedAt: init.startedAt };
  } finally {
    clearTimeout(timer);
  }
}

/** Node throws away what nobody has begun to read when a process ends; a quick command is over before its reader is there. */
function keepOutput(source: Readable): Readable {
  const kept = new PassThrough({ highWaterMark: 65_536 });
  source.on("error", () => undefined);
  source.once("close", () => kept.end());
  return source.pipe(kept);
}

/** What a launcher that gave up said. Its end of the stream may reach us after its end of the control socket. */
async function readComplaint(options: { child: ChildProcess; stderr: Readable }): Promise<string> {
  let text = "";
  options.stderr.on("data", (chunk: Uint8Array) => (text += Buffer.from(chunk).toString("utf8")));
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([new Promise((resolve) => options.stderr.once("end", resolve)), new Promise((resolve) => (timer = setTimeout(resolve, COMPLAINT_TIMEOUT_MS)))]);
  clearTimeout(timer);
  return text === "" ? "no message" : text.trim().slice(0, 2_000);
}

function makeSandbox(options: {
  slot: Slot;
  spec: SandboxSpec;
  group: ControlGroup;
  child: ChildProcess;
  stdin: Writable;
  stdout: Readable;
  stderr: Readable;
  monitorPid: number;
  init: { pid: number; startedAt: number };
  exited: Sandbox["exited"];
  outFolder: number;
  scratchFolders: readonly number[];
  dispose: () => void;
}): Sandbox {
  const { child, init, slot, group, exited } = options;
  const { stdin, stdout, stderr } = options;
  let over = false;
  let confirmed = false;
  void exited.then(() => (over = true));
  const killInit = (): void => {
    // The pid is bwrap's own child while the monitor lives, and the start time tells it from a later process.
    if (isAlive(init)) signalQuietly(init.pid, "SIGKILL");
  };
  return {
    slot, spec: options.spec, group, monitorPid: options.monitorPid, init, stdin, stdout, stderr, exited,
    inputFolder: stagePath({ slot, part: "in" }),
    outFolder: options.outFolder,
    scratchFolders: options.scratchFolders,
    hasExited: () => over,
    listCommand: () => listTree({ pid: init.pid }).filter((stat) => stat.pid !== init.pid).map((stat) => stat.pid),
    killAndConfirm: async () => {
      if (confirmed) return;
      killInit();
      if (!over) child.kill("SIGKILL");
      await exited;
      const deadline = Date.now() + CONFIRM_TIMEOUT_MS;
      while (isAlive(init)) {
        killInit();
        if (Date.now() > deadline) throw survivors(slot);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      await killLeftovers({ slot, group });
      confirmed = true;
    },
    dispose: options.dispose,
  };
}

/** The namespace died with its init; this looks whether anything of the slot is left all the same, and ends it. */
async function killLeftovers(options: { slot: Slot; group: ControlGroup }): Promise<void> {
  const deadline = Date.now() + CONFIRM_TIMEOUT_MS;
  for (;;) {
    const inGroup = options.group.listPids();
    const left = inGroup ?? (options.slot.uid === null ? [] : listProcessesOfUser({ uid: options.slot.uid }));
    if (left.length === 0) return;
    if (Date.now() > deadline) throw survivors(options.slot);
    for (const pid of left) signalQuietly(pid, "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

function survivors(slot: Slot): AppError {
  return new AppError("internal", { userMessage: "A sandbox could not be ended. Ask the operator to look at the worker.", message: `processes of sandbox slot ${slot.name} survive SIGKILL` });
}

function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone meanwhile.
  }
}

/** Empties what the last sandbox of this slot had on the host, and makes the mount points. */
function prepareStage(options: LaunchOptions): void {
  const stage = join(options.slot.folder, "stage");
  for (const name of readdirSync(stage)) if (name.startsWith("mount-")) rmSync(join(stage, name), { recursive: true });
  const inputs = stagePath({ slot: options.slot, part: "in" });
  for (const name of readdirSync(inputs)) rmSync(join(inputs, name), { recursive: true });
  options.spec.mounts.forEach((mount, index) => {
    const target = join(stage, `mount-${index}`);
    const stat = statSync(mount.source, { throwIfNoEntry: false });
    if (stat === undefined) throw new AppError("internal", { userMessage: "A toolchain of this stage is not installed. Run `npx slipway doctor`.", message: `mount source ${mount.source} does not exist` });
    if (stat.isDirectory()) mkdirSync(target);
    else writeFileSync(target, "");
  });
}

function notAvailable(what: string, detail: string): AppError {
  return new AppError("not_available", {
    userMessage: "The sandbox that runs builds is not working on this worker. Run `npx slipway doctor` there.",
    message: `the sandbox ${what}: ${detail}`,
    retryable: true,
  });
}

