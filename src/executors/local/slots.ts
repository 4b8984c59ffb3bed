/**
 * Slots: the places sandboxes run in, each with a folder and (as root) a user of its own.
 *
 * A slot is held by a listening socket in the abstract namespace: the kernel gives a name to one process of the machine
 * and takes it back the moment that process is gone, however it went. Whoever takes a slot sweeps what its last owner left.
 */
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { basename, join } from "node:path";
import { AppError } from "~/domain/errors";
import { listProcessesWithEnvironment, listProcessesOfUser } from "./process-tree";

/** Users above 61183 belong to systemd's dynamic users. */
export const DEFAULT_UID_BASE = 61_000;
const MAX_SLOTS = 184;
/** In a slot's folder: its control groups, one path a line. */
export const GROUPS_FILE = "control-groups";

export interface Slot {
  /** Unique on this machine while held, safe in a file name. */
  name: string;
  /** The user that runs in it; null when we are not root and everything runs as ourselves. */
  uid: number | null;
  /** Readable by its owner alone. */
  folder: string;
}

export interface SlotPool {
  /** A free slot, swept. Throws `AppError("not_available")` when all are taken. */
  acquire(): Promise<Slot>;
  release(options: { slot: Slot }): void;
  /** Never hand this one out again: something in it could not be killed. */
  quarantine(options: { slot: Slot }): void;
  close(): Promise<void>;
}

export function createSlotPool(options: { workRoot: string; uidBase: number; root: boolean }): SlotPool {
  const idle: Slot[] = [];
  const locks = new Map<string, Server>();

  const tryIndex = async (index: number): Promise<Slot | null> => {
    const uid = options.root ? options.uidBase + index : null;
    const name = `slipway-${uid ?? `${process.getuid?.() ?? 0}-${index}`}`;
    if (locks.has(name)) return null;
    const lock = await takeLock(name);
    if (lock === null) return null;
    locks.set(name, lock);
    const slot = { name, uid, folder: join(options.workRoot, name) };
    await sweepSlot(slot);
    prepareFolder(slot);
    return slot;
  };

  /** Slots of workers that are gone: what they left is thrown away before the first of ours is used. */
  const sweepAbandoned = async (): Promise<void> => {
    if (!existsSync(options.workRoot)) return;
    for (const name of readdirSync(options.workRoot)) {
      const slot = parseSlotName(name, options);
      if (slot === null || locks.has(name)) continue;
      const lock = await takeLock(name);
      if (lock === null) continue;
      try {
        await sweepSlot(slot);
      } finally {
        await new Promise((resolve) => lock.close(resolve));
      }
    }
  };
  let swept: Promise<void> | null = null;

  return {
    acquire: async () => {
      swept ??= sweepAbandoned();
      await swept;
      // The one that rested longest: the kernel takes a while to forget a user's dead processes.
      const free = idle.shift();
      if (free !== undefined) return free;
      for (let index = 0; index < MAX_SLOTS; index += 1) {
        const slot = await tryIndex(index);
        if (slot !== null) return slot;
      }
      throw new AppError("not_available", { userMessage: `All ${MAX_SLOTS} sandbox slots of this machine are in use. Lower the number of workers or of slots per worker.`, retryable: true });
    },
    release: ({ slot }) => void idle.push(slot),
    quarantine: () => undefined,
    close: async () => {
      await Promise.all([...locks.values()].map((lock) => new Promise((resolve) => lock.close(resolve))));
      for (const slot of idle) rmSync(slot.folder, { recursive: true, force: true });
      locks.clear();
      idle.length = 0;
    },
  };
}

function parseSlotName(name: string, options: { workRoot: string; root: boolean }): Slot | null {
  const own = options.root ? /^slipway-(\d+)$/.exec(name) : new RegExp(`^slipway-${process.getuid?.() ?? 0}-\\d+$`).exec(name);
  return own === null ? null : { name, uid: options.root ? Number(own[1]) : null, folder: join(options.workRoot, name) };
}

function takeLock(name: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error: NodeJS.ErrnoException) => (error.code === "EADDRINUSE" ? resolve(null) : reject(error)));
    server.listen(`\0${name}`, () => {
      server.unref();
      resolve(server);
    });
  });
}

/** Kills what runs in a slot that nobody holds any more, and throws its folder away. */
async function sweepSlot(slot: Slot): Promise<void> {
  const deadline = Date.now() + 5_000;
  for (;;) {
    const left = slot.uid === null ? listProcessesWithEnvironment({ variable: slotVariable({ slot }) }) : listProcessesOfUser({ uid: slot.uid });
    if (left.length === 0) break;
    if (Date.now() > deadline) throw new AppError("not_available", { userMessage: `Processes ${left.join(", ")} left in sandbox slot ${slot.name} can't be killed. Restart the machine.` });
    for (const pid of left) killQuietly(pid);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  removeGroups(slot);
  rmSync(slot.folder, { recursive: true, force: true });
}

function removeGroups(slot: Slot): void {
  const list = join(slot.folder, GROUPS_FILE);
  if (!existsSync(list)) return;
  for (const group of readFileSync(list, "utf8").split("\n").filter((path) => basename(path) === slot.name)) {
    try {
      rmdirSync(group);
    } catch {
      // Removed by its owner, or on a machine that was started anew.
    }
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone meanwhile.
  }
}

/** Where the sandbox's parts are mounted, in a mount namespace that only the sandbox has. */
export function stagePath(options: { slot: Slot; part: "out" | "tmp" | "shm" | "in" | "etc" }): string {
  return join(options.slot.folder, "stage", options.part);
}

function prepareFolder(slot: Slot): void {
  mkdirSync(slot.folder, { recursive: true, mode: 0o700 });
  chmodSync(slot.folder, 0o700);
  for (const part of ["out", "tmp", "shm", "in", "etc"] as const) mkdirSync(stagePath({ slot, part }), { recursive: true, mode: 0o755 });
  chmodSync(join(slot.folder, "stage"), 0o755);
  const etc = stagePath({ slot, part: "etc" });
  writeFileSync(join(etc, "passwd"), "root:x:0:0:root:/:/usr/sbin/nologin\nbuild:x:1000:1000:build:/tmp:/usr/sbin/nologin\n");
  writeFileSync(join(etc, "group"), "root:x:0:\nbuild:x:1000:\n");
  writeFileSync(join(etc, "hosts"), "127.0.0.1 localhost\n::1 localhost\n");
  writeFileSync(join(etc, "nsswitch.conf"), "passwd: files\ngroup: files\nhosts: files\n");
  mkdirSync(join(etc, "alternatives"), { recursive: true });
  if (existsSync("/etc/ld.so.cache")) writeFileSync(join(etc, "ld.so.cache"), "");
}

/** Short, stable name of anything that can be written as JSON. */
export function hashOf(options: { value: unknown }): string {
  return createHash("sha256").update(JSON.stringify(options.value)).digest("hex").slice(0, 32);
}

/** Marks a sandbox's outer processes, so that they are found where they share our own user. */
export function slotVariable(options: { slot: Slot }): string {
  return `SLIPWAY_SLOT=${options.slot.name}`;
}
