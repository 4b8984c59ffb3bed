import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { acquireInstanceLock, DataFolderInUseError, findLockOwner } from "./instance-lock";

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "slipway-lock-"));
});

afterEach(() => rm(dataDir, { recursive: true, force: true }));

it("has one winner among many, and is free after release", async () => {
  const attempts = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => acquireInstanceLock({ dataDir, purpose: `attempt ${index}` })));
  const [winner, ...others] = attempts.filter((attempt) => attempt.status === "fulfilled");
  expect(others).toEqual([]);
  expect(attempts.filter((attempt) => attempt.status === "rejected").every((attempt) => attempt.reason instanceof DataFolderInUseError)).toBe(true);
  expect(await findLockOwner({ dataDir })).toMatchObject({ pid: process.pid });
  await winner?.value.release();
  expect(await readdir(dataDir)).toEqual([]);
});

it.each([
  ["whose process is gone", JSON.stringify({ pid: 2 ** 22 + 1, startTime: "1", purpose: "a running Slipway" })],
  ["whose pid belongs to another process by now", JSON.stringify({ pid: process.pid, startTime: "1", purpose: "a running Slipway" })],
  ["that is damaged", "{"],
])("takes over a lock %s", async (_name, content) => {
  await writeFile(path.join(dataDir, "supervisor.lock"), content);
  expect(await findLockOwner({ dataDir })).toBeUndefined();
  const lock = await acquireInstanceLock({ dataDir, purpose: "a running Slipway" });
  expect(await findLockOwner({ dataDir })).toMatchObject({ pid: process.pid });
  await lock.release();
  expect(await readdir(dataDir)).toEqual([]);
});

it("says what is wrong with a data folder that can't be used", async () => {
  const file = path.join(dataDir, "a file");
  await writeFile(file, "");
  await expect(acquireInstanceLock({ dataDir: file, purpose: "a test" })).rejects.toThrow(/a file can't be used: a file is in its place\. Move it away, or set SLIPWAY_DATA_DIR/);
  await expect(acquireInstanceLock({ dataDir: path.join(file, "below"), purpose: "a test" })).rejects.toThrow(/a file is in its place/);
  expect(await readdir(dataDir)).toEqual(["a file"]);
});
