/** What `/proc` says of a sandbox's processes. Everything here may vanish while it is read: then it counts as gone. */
import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";

/** USER_HZ: the unit of times in `/proc/<pid>/stat`, 100 on every architecture supported here. */
const MS_PER_TICK = 10;

export interface ProcessStat {
  pid: number;
  state: string;
  parent: number;
  /** Own CPU time, ms. */
  cpuMs: number;
  /** Of children waited for, ms. */
  childrenCpuMs: number;
  threads: number;
  /** Ticks since boot: with the pid, it names one process for good. */
  startedAt: number;
}

export function readProcessStat(options: { pid: number }): ProcessStat | null {
  const text = readProc(`/proc/${options.pid}/stat`);
  if (text === null) return null;
  // The name may hold blanks and parentheses: the fields begin after the last one.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const at = (index: number): number => Number(fields[index - 3]);
  return {
    pid: options.pid,
    state: fields[0] ?? "X",
    parent: at(4),
    cpuMs: (at(14) + at(15)) * MS_PER_TICK,
    childrenCpuMs: (at(16) + at(17)) * MS_PER_TICK,
    threads: at(20),
    startedAt: at(22),
  };
}

/** False for a zombie: it runs nothing any more, and an init that became one took its whole namespace along. */
export function isAlive(options: { pid: number; startedAt: number }): boolean {
  const stat = readProcessStat({ pid: options.pid });
  return stat !== null && stat.startedAt === options.startedAt && stat.state !== "Z" && stat.state !== "X";
}

/** The process and everything below it, parents first. Orphans stay below because the sandbox's init adopts them. */
export function listTree(options: { pid: number }): ProcessStat[] {
  const tree: ProcessStat[] = [];
  const waiting = [options.pid];
  const seen = new Set<number>();
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    if (seen.has(pid)) continue;
    seen.add(pid);
    const stat = readProcessStat({ pid });
    if (stat === null) continue;
    tree.push(stat);
    for (const thread of listFolder(`/proc/${pid}/task`)) {
      const children = readProc(`/proc/${pid}/task/${thread}/children`);
      if (children) waiting.push(...children.trim().split(" ").filter(Boolean).map(Number));
    }
  }
  return tree;
}

/** Living processes whose real user is `uid`. */
export function listProcessesOfUser(options: { uid: number }): number[] {
  return listFolder("/proc").filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    const status = readProc(`/proc/${pid}/status`);
    if (status === null || !new RegExp(`^Uid:\\s+${options.uid}\\s`, "m").test(status)) return false;
    return !/^State:\s+[ZX]/m.test(status);
  });
}

/** Living processes that were started with exactly this variable in their environment. */
export function listProcessesWithEnvironment(options: { variable: string }): number[] {
  return listFolder("/proc").filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => readProc(`/proc/${pid}/environ`)?.split("\0").includes(options.variable) === true);
}

/**
 * Memory of these processes, bytes: the proportional set size, which counts a page shared by n processes once,
 * plus memory files (memfd) that are open but mapped nowhere, which no process's size shows.
 */
export function readMemoryBytes(options: { pids: readonly number[] }): number {
  let bytes = 0;
  const memoryFiles = new Map<string, number>();
  for (const pid of options.pids) {
    const rollup = readProc(`/proc/${pid}/smaps_rollup`);
    const pss = rollup?.match(/^Pss:\s+(\d+) kB/m)?.[1];
    if (pss !== undefined) bytes += Number(pss) * 1024;
    for (const descriptor of listFolder(`/proc/${pid}/fd`)) addMemoryFile(memoryFiles, `/proc/${pid}/fd/${descriptor}`);
  }
  for (const size of memoryFiles.values()) bytes += size;
  return bytes;
}

function addMemoryFile(sizes: Map<string, number>, link: string): void {
  try {
    if (!readlinkSync(link).startsWith("/memfd:")) return;
    const stat = statSync(link);
    sizes.set(`${stat.dev}:${stat.ino}`, stat.blocks * 512);
  } catch {
    // Closed meanwhile.
  }
}

function readProc(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function listFolder(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
