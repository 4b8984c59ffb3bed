/**
 * Control groups of one sandbox, where this process may make them: the kernel's own hard line on memory and processes,
 * exact figures for memory and CPU, and who goes first where processors are scarce. Works with version 1 and version 2; whatever is missing is left to the watchdog.
 */
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface ControlGroupLimits {
  memoryBytes: number;
  /** Processes and threads. */
  tasks: number;
}

/** A figure is null where the controller is not there. */
export interface ControlGroup {
  /** The kernel enforces the limit on memory here. */
  boundsMemory: boolean;
  add(options: { pid: number }): void;
  /** `background`: gets a tenth of what others get of a processor that they want too. A new group is `normal`. */
  setPace(pace: "normal" | "background"): void;
  /** Anonymous and shared memory, bytes, without the page cache of ordinary files. Includes memory file systems. */
  readMemoryBytes(): number | null;
  readCpuMs(): number | null;
  readTasks(): number | null;
  /** True once the kernel killed a process here for want of memory. */
  ranOutOfMemory(): boolean;
  /** True once the kernel refused a process here. */
  ranOutOfTasks(): boolean;
  /** Processes still in the group; null when there is no group at all. */
  listPids(): number[] | null;
  remove(): void;
  /** The folders it is made of, so that whoever comes after us can remove them. */
  folders: readonly string[];
}

type Controller = "memory" | "pids" | "cpu" | "cpuacct" | "unified";

/** Version 1's shares and version 2's weight; what `normal` stands for is the kernel's default. */
const PACES = { normal: { shares: 1024, weight: 100 }, background: { shares: 102, weight: 10 } } as const;

/** `limits` null: no group at all, as on a machine that gives none. */
export function openControlGroup(options: { name: string; limits: ControlGroupLimits | null }): ControlGroup {
  const folders = new Map<Controller, string>();
  let boundsMemory = false;
  if (options.limits !== null) {
    for (const [controller, parent] of findParents()) {
      const folder = join(parent, options.name);
      if (makeFolder(folder)) folders.set(controller, folder);
    }
    boundsMemory = applyLimits(folders, options.limits);
  }
  const read = (controller: Controller, file: string): string | null => readText(folders.get(controller), file);
  return {
    boundsMemory,
    folders: [...folders.values()],
    add: ({ pid }) => {
      for (const folder of folders.values()) tryWrite(join(folder, "cgroup.procs"), String(pid));
    },
    setPace: (pace) => {
      const [cpu, unified] = [folders.get("cpu"), folders.get("unified")];
      if (cpu !== undefined) tryWrite(join(cpu, "cpu.shares"), String(PACES[pace].shares));
      if (unified !== undefined) tryWrite(join(unified, "cpu.weight"), String(PACES[pace].weight));
    },
    readMemoryBytes: () => {
      const one = read("memory", "memory.stat");
      if (one !== null) return sumFields(one, ["rss", "shmem"]);
      const two = read("unified", "memory.stat");
      return two === null ? null : sumFields(two, ["anon", "shmem"]);
    },
    readCpuMs: () => {
      const one = read("cpuacct", "cpuacct.usage");
      if (one !== null) return Number(one) / 1e6;
      const two = read("unified", "cpu.stat");
      return two === null ? null : sumFields(two, ["usage_usec"]) / 1000;
    },
    readTasks: () => toNumber(read("pids", "pids.current") ?? read("unified", "pids.current")),
    ranOutOfMemory: () => sumFields(read("memory", "memory.oom_control") ?? read("unified", "memory.events") ?? "", ["oom_kill"]) > 0,
    ranOutOfTasks: () => sumFields(read("pids", "pids.events") ?? read("unified", "pids.events") ?? "", ["max"]) > 0,
    listPids: () => {
      const texts = [...folders.values()].map((folder) => readText(folder, "cgroup.procs"));
      if (texts.length === 0) return null;
      return [...new Set(texts.flatMap((text) => (text ?? "").split("\n").filter(Boolean).map(Number)))];
    },
    remove: () => {
      for (const folder of folders.values()) {
        try {
          rmdirSync(folder);
        } catch {
          // Busy for a moment after its last process, or never made: the next use of the slot takes it over.
        }
      }
    },
  };
}

/** Folders of this process's own groups: children made there stay under whatever limits hold for us. */
function findParents(): Map<Controller, string> {
  const parents = new Map<Controller, string>();
  const membership = readText("/proc/self", "cgroup") ?? "";
  const mounts = readText("/proc/self", "mountinfo") ?? "";
  for (const line of membership.split("\n")) {
    const [, names, ...rest] = line.split(":");
    if (names === undefined || rest.length === 0) continue;
    const path = rest.join(":");
    const wanted: Controller[] = names === "" ? ["unified"] : (["memory", "pids", "cpu", "cpuacct"] as const).filter((name) => names.split(",").includes(name));
    for (const controller of wanted) {
      const mount = findMount(mounts, controller);
      if (mount === null) continue;
      // A container sees its group as the mount's root; elsewhere the path is below it.
      const inside = path.startsWith(mount.root) ? path.slice(mount.root === "/" ? 0 : mount.root.length) : path;
      parents.set(controller, join(mount.target, inside));
    }
  }
  const unified = parents.get("unified");
  if (unified !== undefined) {
    const available = (readText(unified, "cgroup.controllers") ?? "").split(/\s+/);
    if (!available.includes("memory") && !available.includes("pids")) parents.delete("unified");
    else for (const name of ["memory", "pids", "cpu"]) tryWrite(join(unified, "cgroup.subtree_control"), `+${name}`);
  }
  return parents;
}

function findMount(mounts: string, controller: Controller): { root: string; target: string } | null {
  for (const line of mounts.split("\n")) {
    const [left, right] = line.split(" - ");
    if (left === undefined || right === undefined) continue;
    const [, , , root, target] = left.split(" ");
    const [type, , superOptions] = right.split(" ");
    if (root === undefined || target === undefined) continue;
    if (controller === "unified" ? type === "cgroup2" : type === "cgroup" && (superOptions ?? "").split(",").includes(controller)) return { root, target };
  }
  return null;
}

function applyLimits(folders: Map<Controller, string>, limits: ControlGroupLimits): boolean {
  let boundsMemory = false;
  const memory = folders.get("memory");
  if (memory !== undefined) boundsMemory = tryWrite(join(memory, "memory.limit_in_bytes"), String(limits.memoryBytes));
  const pids = folders.get("pids");
  if (pids !== undefined) tryWrite(join(pids, "pids.max"), String(limits.tasks));
  const unified = folders.get("unified");
  if (unified !== undefined) {
    boundsMemory = tryWrite(join(unified, "memory.max"), String(limits.memoryBytes)) || boundsMemory;
    tryWrite(join(unified, "memory.swap.max"), "0");
    tryWrite(join(unified, "memory.oom.group"), "1");
    tryWrite(join(unified, "pids.max"), String(limits.tasks));
  }
  return boundsMemory;
}

/** A group left over is emptied of its counters by making it anew. */
function makeFolder(folder: string): boolean {
  try {
    rmdirSync(folder);
  } catch {
    // Not there, or still in use: then mkdir says so.
  }
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

function readText(folder: string | undefined, file: string): string | null {
  if (folder === undefined) return null;
  try {
    return readFileSync(join(folder, file), "utf8").trim();
  } catch {
    return null;
  }
}

/** False where it is not ours to write: then the watchdog and the resource limits hold this line. */
function tryWrite(path: string, value: string): boolean {
  try {
    writeFileSync(path, value);
    return true;
  } catch {
    return false;
  }
}

function toNumber(text: string | null): number | null {
  return text === null ? null : Number(text);
}

function sumFields(text: string, names: readonly string[]): number {
  let sum = 0;
  for (const line of text.split("\n")) {
    const [name, value] = line.split(" ");
    if (name !== undefined && names.includes(name)) sum += Number(value);
  }
  return sum;
}
