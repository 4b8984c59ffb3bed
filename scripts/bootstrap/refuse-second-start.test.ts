import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { refuseSecondStart } from "./refuse-second-start.mjs";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "slipway-second-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A lock of this very process, which lives. */
async function lock(dataDir: string, change: Record<string, unknown> = {}): Promise<void> {
  const stat = await readFile("/proc/self/stat", "utf8");
  const startTime = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  await mkdir(dataDir, { recursive: true });
  await writeFile(path.join(dataDir, "supervisor.lock"), JSON.stringify({ pid: process.pid, startTime, purpose: "a test", ...change }));
}

it("refuses a second start on the data folder that .env or the environment names", async () => {
  await lock(path.join(folder, "kept"));
  expect(() => refuseSecondStart({ folder, environment: {} })).not.toThrow();
  await writeFile(path.join(folder, ".env"), "# where it is kept\nSLIPWAY_DATA_DIR=kept\n");
  expect(() => refuseSecondStart({ folder, environment: {} })).toThrow(`pid ${process.pid}`);
  expect(() => refuseSecondStart({ folder, environment: { SLIPWAY_DATA_DIR: "another" } })).not.toThrow();
  expect(() => refuseSecondStart({ folder: tmpdir(), environment: { SLIPWAY_DATA_DIR: path.join(folder, "kept") } })).toThrow(`pid ${process.pid}`);
});

it("lets a start pass by a lock whose owner is gone, and by a damaged one", async () => {
  await lock(path.join(folder, ".slipway"), { startTime: "1" });
  expect(() => refuseSecondStart({ folder, environment: {} })).not.toThrow();
  await writeFile(path.join(folder, ".slipway/supervisor.lock"), "{");
  expect(() => refuseSecondStart({ folder, environment: {} })).not.toThrow();
});
