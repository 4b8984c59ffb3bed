/**
 * Looks at a sandbox every few dozen milliseconds and says which limit it went over.
 *
 * warming: memory, processes and disk count; wall time doesn't, and CPU time is taken off later
 *   → working (`beginWork`): everything counts → stopped
 */
import { statfsSync } from "node:fs";
import type { ExecutionUsage, LimitName } from "../types";
import type { Sandbox } from "./launch-sandbox";
import { listTree, readMemoryBytes, type ProcessStat } from "./process-tree";
import { OWN_TASKS } from "./sandbox-line";

const MIB = 1024 * 1024;
/** Short at first, so that a quick command is measured at all; cheap with control groups, ≈ 2 ms without. */
const FIRST_LOOKS_MS = [3, 10, 20];
const LOOK_EVERY_MS = 40;

export interface Watchdog {
  beginWork(): void;
  /** One look now, for the last figures; true numbers of CPU only where control groups keep them after death. */
  look(): void;
  limitHit(): LimitName | undefined;
  /** Called once, at the first limit; also when one was hit before this was set. */
  onLimit(listener: (limit: LimitName) => void): void;
  readUsage(): Omit<ExecutionUsage, "outputBytes">;
  stop(): void;
}

export function startWatchdog(options: { sandbox: Sandbox }): Watchdog {
  const { sandbox } = options;
  const { limits } = sandbox.spec;
  const readTreeCpu = createTreeCpuMeter();
  let workSince: number | null = null;
  let workUntil: number | null = null;
  let cpuBefore = 0;
  let cpuMs = 0;
  let peakMemory = 0;
  let diskBytes = 0;
  let hit: LimitName | undefined;
  let listener: ((limit: LimitName) => void) | null = null;
  let looks = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const trip = (limit: LimitName): void => {
    if (hit !== undefined) return;
    hit = limit;
    listener?.(limit);
  };

  const look = (): void => {
    const memoryInGroup = sandbox.group.readMemoryBytes();
    const tasksInGroup = sandbox.group.readTasks();
    const cpuInGroup = sandbox.group.readCpuMs();
    const needsTree = memoryInGroup === null || tasksInGroup === null || cpuInGroup === null;
    const tree = needsTree && !sandbox.hasExited() ? listTree({ pid: sandbox.monitorPid }) : [];

    const out = readUsed(sandbox.outFolder);
    const scratchBytes = sandbox.scratchFolders.reduce((sum, folder) => sum + readUsed(folder).bytes, 0);
    diskBytes = out.bytes;
    // The group counts the work folder too, because it lies in memory; its limit is its own.
    const memory = memoryInGroup === null ? readMemoryBytes({ pids: tree.map((stat) => stat.pid) }) + scratchBytes : Math.max(0, memoryInGroup - out.bytes);
    peakMemory = Math.max(peakMemory, memory);
    cpuMs = Math.max(cpuMs, cpuInGroup ?? readTreeCpu(tree));
    const tasks = (tasksInGroup ?? tree.reduce((sum, stat) => sum + stat.threads, 0)) - OWN_TASKS;

    if (sandbox.group.ranOutOfMemory() || memory > limits.memoryMb * MIB) trip("memoryMb");
    else if (sandbox.group.ranOutOfTasks() || tasks > limits.pids) trip("pids");
    else if (cpuMs - cpuBefore > limits.cpuSeconds * 1000) trip("cpuSeconds");
    else if (out.full === "bytes") trip("diskMb");
    else if (out.full === "files") trip("diskFiles");
    else if (workSince !== null && performance.now() - workSince > limits.wallMs) trip("wallMs");
  };

  const schedule = (): void => {
    // A look may have ended the sandbox, and with it what there is to look at.
    if (stopped) return;
    timer = setTimeout(() => {
      looks += 1;
      look();
      schedule();
    }, FIRST_LOOKS_MS[looks] ?? LOOK_EVERY_MS);
  };
  schedule();

  return {
    beginWork: () => {
      look();
      cpuBefore = cpuMs;
      looks = 0;
      workSince = performance.now();
    },
    look,
    limitHit: () => hit,
    onLimit: (next) => {
      listener = next;
      if (hit !== undefined) next(hit);
    },
    readUsage: () => ({
      wallMs: workSince === null ? 0 : Math.round((workUntil ?? performance.now()) - workSince),
      cpuMs: Math.round(Math.max(0, cpuMs - cpuBefore)),
      peakMemoryMb: Math.round((peakMemory / MIB) * 10) / 10,
      diskBytes,
    }),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      workUntil ??= performance.now();
    },
  };
}

/** A full file system has refused something: the command may not even notice. */
function readUsed(folder: number): { bytes: number; full: "bytes" | "files" | null } {
  const stat = statfsSync(`/proc/self/fd/${folder}`);
  return { bytes: (stat.blocks - stat.bfree) * stat.bsize, full: stat.bfree === 0 ? "bytes" : stat.ffree === 0 ? "files" : null };
}

/**
 * CPU of a tree from looks at it. A process that ended is in its parent's "waited for" time or, if nobody waited, was seen
 * here while it lived; the larger of the two sums is closer, and time never runs back.
 */
function createTreeCpuMeter(): (tree: readonly ProcessStat[]) => number {
  const seen = new Map<string, number>();
  let most = 0;
  return (tree) => {
    for (const stat of tree) seen.set(`${stat.pid}:${stat.startedAt}`, stat.cpuMs);
    const living = tree.reduce((sum, stat) => sum + stat.cpuMs + stat.childrenCpuMs, 0);
    let everSeen = 0;
    for (const ms of seen.values()) everSeen += ms;
    most = Math.max(most, living, everSeen);
    return most;
  };
}
