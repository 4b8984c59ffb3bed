/**
 * The loopback ports of embedded chains, in `<folder>/ports.json`: chosen once, read by every process, and changed only when
 * another program has taken one while it was free.
 */
import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { z } from "zod";

const portsSchema = z.record(z.string().regex(/^\d+$/), z.int().min(1).max(65_535));

/** Null when none was chosen yet. */
export async function readPort(options: { folder: string; chainId: number }): Promise<number | null> {
  return (await readPorts(options.folder))[String(options.chainId)] ?? null;
}

/** The chain's port; a free one is chosen the first time, and again when `insteadOf` is still what is written. */
export async function choosePort(options: { folder: string; chainId: number; insteadOf?: number }): Promise<number> {
  const { folder, chainId } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return withFileLock(path.join(folder, "ports.lock"), async () => {
    const ports = await readPorts(folder);
    const present = ports[String(chainId)];
    if (present !== undefined && present !== options.insteadOf) return present;
    const taken = new Set(Object.values(ports));
    let port = await findFreePort();
    while (taken.has(port)) port = await findFreePort();
    const draft = path.join(folder, `ports.${randomBytes(6).toString("hex")}`);
    await writeFile(draft, `${JSON.stringify({ ...ports, [chainId]: port })}\n`, { mode: 0o600 });
    await rename(draft, path.join(folder, "ports.json"));
    return port;
  });
}

async function readPorts(folder: string): Promise<Record<string, number>> {
  try {
    return portsSchema.parse(JSON.parse(await readFile(path.join(folder, "ports.json"), "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw error;
  }
}

const LOCK_STALE_MS = 5_000;

/** Several workers may choose at once. Holding takes a few ms, so a lock that stays for seconds was left by a crash. */
async function withFileLock<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  const own = `${file}.${randomBytes(6).toString("hex")}`;
  await writeFile(own, "", { mode: 0o600 });
  const deadline = Date.now() + LOCK_STALE_MS;
  try {
    while (!(await tryLink(own, file))) {
      if (Date.now() > deadline) await rm(file, { force: true });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    try {
      return await work();
    } finally {
      await rm(file, { force: true });
    }
  } finally {
    await rm(own, { force: true });
  }
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

export async function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}

async function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address === null || typeof address === "string" ? reject(new Error("No free port on loopback.")) : resolve(address.port)));
    });
  });
}
