/** The command lines of a sandbox: pure text, so that every word of the isolation can be read (and tested) in one place. */
import { existsSync, lstatSync } from "node:fs";
import { join } from "node:path";
import type { ExecutionJob } from "../types";
import { stagePath, type Slot } from "./slots";

/** Both count as memory. */
const TMP_MB = 64;
const TMP_FILES = 10_000;
const SHM_MB = 16;
const SHM_FILES = 1_000;
const OPEN_FILES = 256;
/** bwrap's own monitor and init, and a little room so that the watchdog can see more than the limit. */
export const OWN_TASKS = 2;
const SPARE_TASKS = 16;
/** The kernel forgets a dead process of a user only after a while (RCU): the last job's must not stand in the next one's way. */
const LINGERING_TASKS = 128;
/**
 * Only where no control group bounds memory, against a watchdog that is late. Node reserves about half a GiB for each of its
 * threads without using it and aborts if it can't, hence so much.
 */
const SPARE_DATA_MB = 4_096;
const SPARE_CPU_SECONDS = 5;
/** So that a full file system answers first, with an error rather than a signal. */
const SPARE_FILE_MB = 1;

const MIB = 1024 * 1024;

/** What a sandbox is started with: the job without what arrives later. */
export type SandboxSpec = Pick<ExecutionJob, "command" | "cwd" | "env" | "mounts" | "limits">;

/** Upper bound of processes and threads that the kernel enforces, ours included. */
export function hardTaskLimit(options: { pids: number }): number {
  return options.pids + OWN_TASKS + SPARE_TASKS;
}

/**
 * Runs in a mount namespace of its own before any privilege is dropped. Bound sources hang off `/mnt`, which lies over the
 * host's there: an unprivileged user reaches them whatever the folders above them allow.
 *
 * Bash reads ~/.bashrc when stdin is a socket, hence --norc. Descriptors above 3 are closed because one that our own parent
 * left open would pass straight through to the command. The parent-death signal is set before we
 * answer "ready" with "start" and kept from there on, so a worker that dies at any moment leaves nothing behind.
 */
export const LAUNCHER_SCRIPT = `
fstab=$1 filter=$2
shift 2
for path in /proc/$$/fd/*; do
  number=\${path##*/}
  case $number in 0|1|2|3) ;; *) eval "exec $number>&-" ;; esac
done
mount --all --fstab "$fstab" || exit 120
echo ready >&3
IFS= read -r start <&3 && [ "$start" = start ] || exit 121
exec 4<"$filter" 5>&3 || exit 122
exec "$@"
`;

export interface LauncherLine {
  file: string;
  args: string[];
}

/** The outer command: namespace, script, user, resource limits, bwrap. Its other arguments arrive on descriptor 3. */
export function buildLauncherLine(options: { slot: Slot; fstab: string; filter: string; spec: SandboxSpec; boundsMemory: boolean }): LauncherLine {
  const { slot, spec } = options;
  const enter = slot.uid === null ? ["--user", "--map-current-user", "--keep-caps"] : [];
  const drop =
    slot.uid === null
      ? ["setpriv", "--pdeathsig", "keep", "--inh-caps", "-all", "--ambient-caps", "-all", "--"]
      : ["setpriv", "--pdeathsig", "keep", "--reuid", String(slot.uid), "--regid", String(slot.uid), "--clear-groups", "--inh-caps", "-all", "--"];
  return {
    file: "/usr/bin/unshare",
    args: [
      ...enter, "--mount", "--propagation", "private", "--", "setpriv", "--pdeathsig", "KILL", "--",
      "/bin/bash", "--noprofile", "--norc", "-c", LAUNCHER_SCRIPT, "slipway-launch",
      options.fstab, options.filter,
      ...drop,
      ...buildResourceLimits({ spec, boundsMemory: options.boundsMemory }),
      "bwrap", "--args", "3", "--seccomp", "4", "--info-fd", "5", "--", ...spec.command,
    ],
  };
}

/** The kernel's limits on each process: what holds when everything else is slow. `boundsMemory`: a control group does. */
export function buildResourceLimits(options: { spec: SandboxSpec; boundsMemory: boolean }): string[] {
  const { limits } = options.spec;
  return [
    "prlimit",
    `--cpu=${Math.ceil(limits.cpuSeconds) + SPARE_CPU_SECONDS}`,
    `--nofile=${OPEN_FILES}`,
    `--nproc=${hardTaskLimit({ pids: limits.pids }) + LINGERING_TASKS}`,
    `--fsize=${(Math.max(limits.diskMb, TMP_MB) + SPARE_FILE_MB) * MIB}`,
    ...(options.boundsMemory ? [] : [`--data=${(limits.memoryMb + SPARE_DATA_MB) * MIB}`]),
    "--core=0",
    "--",
  ];
}

/** Mounts of the launcher, in order; the last one shows them all under `/mnt`. */
export function buildFstab(options: { slot: Slot; spec: SandboxSpec }): string {
  const { slot, spec } = options;
  const owner = slot.uid ?? process.getuid?.() ?? 0;
  const group = slot.uid ?? process.getgid?.() ?? 0;
  const memory = (part: "out" | "tmp" | "shm", sizeMb: number, files: number): string[] => [
    "tmpfs", stagePath({ slot, part }), "tmpfs",
    // The root folder takes an inode of its own.
    `size=${sizeMb}m,nr_inodes=${files + 1},mode=0700,uid=${owner},gid=${group},nosuid,nodev`,
  ];
  const lines = [
    memory("out", spec.limits.diskMb, spec.limits.diskFiles),
    memory("tmp", TMP_MB, TMP_FILES),
    memory("shm", SHM_MB, SHM_FILES),
    ...spec.mounts.map((mount, index) => [mount.source, join(slot.folder, "stage", `mount-${index}`), "none", "rbind"]),
    [join(slot.folder, "stage"), "/mnt", "none", "rbind"],
  ];
  return lines.map((fields) => `${fields.map(escapeFstab).join(" ")} 0 0\n`).join("");
}

function escapeFstab(field: string): string {
  return field.replace(/[\s\\#]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`);
}

/** bwrap's arguments. They travel over a descriptor, so neither the environment nor a path shows in a process list. */
export function buildSandboxArguments(options: { spec: SandboxSpec }): string[] {
  const { spec } = options;
  const etc = ["--ro-bind", "/mnt/etc", "/etc"];
  if (existsSync("/etc/alternatives")) etc.push("--ro-bind", "/etc/alternatives", "/etc/alternatives");
  if (existsSync("/etc/ld.so.cache")) etc.push("--ro-bind", "/etc/ld.so.cache", "/etc/ld.so.cache");
  return [
    "--unshare-all", "--unshare-user", "--disable-userns", "--uid", "1000", "--gid", "1000",
    "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--hostname", "slipway",
    "--ro-bind", "/usr", "/usr", ...["bin", "sbin", "lib", "lib64"].flatMap(mountSystemFolder), ...etc,
    "--proc", "/proc", "--dev", "/dev", "--bind", "/mnt/shm", "/dev/shm", "--remount-ro", "/dev",
    "--bind", "/mnt/tmp", "/tmp",
    ...spec.mounts.flatMap((mount, index) => ["--ro-bind", `/mnt/mount-${index}`, mount.target]),
    "--ro-bind", "/mnt/in", "/in", "--bind", "/mnt/out", "/out", "--chdir", spec.cwd ?? "/out", "--remount-ro", "/",
    "--clearenv", ...Object.entries(spec.env).flatMap(([name, value]) => ["--setenv", name, value]),
  ];
}

/** `/bin` and its like are links into `/usr` on most systems and folders of their own on the others. */
function mountSystemFolder(name: string): string[] {
  try {
    return lstatSync(`/${name}`).isSymbolicLink() ? ["--symlink", `usr/${name}`, `/${name}`] : ["--ro-bind", `/${name}`, `/${name}`];
  } catch {
    return [];
  }
}
