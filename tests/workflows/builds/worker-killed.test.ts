import { readdir, readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { cancelBuild } from "~/server/services/builds/cancel-build";
import { openPlatform, readLog, type Platform } from "../../support/platform";

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
});
afterAll(() => platform.close());

/** Waits the first time for as long as the test needs, and ends at once when it is run again. */
const SLOW_FIRST_TIME = (seconds: number) => `echo second begins; for i in $(seq 1 40); do echo tick $i; done; sleep ${seconds}; echo done > second.txt`;

it("a build whose worker is killed in the middle of a stage goes on where it was", async () => {
  const doomed = await platform.startWorker();
  const { buildId } = await platform.push({ first: "echo once; echo one > first.txt", second: SLOW_FIRST_TIME(3), third: "echo three > third.txt" });
  await platform.seesLine(buildId, /tick 40/);
  await doomed.kill();
  const heir = await platform.startWorker();
  expect(await platform.finished(buildId)).toBe("successful");
  await heir.stop();
  // Neither the killed one's inputs and outputs nor the heir's own folder stay.
  expect(await readdir(`${platform.folder}/attempts`)).toEqual([]);

  const stages = await platform.context.database.db.buildStage.findMany({ where: { buildId }, orderBy: { position: "asc" } });
  expect(stages.map((stage) => [stage.key, stage.status])).toEqual([["first", "successful"], ["second", "successful"], ["third", "successful"]]);
  expect(stages[0]?.attempt).toBe(1);
  expect(stages[1]?.attempt).toBe(2);

  const log = await readLog(platform, buildId);
  expect(log.map((line) => line.line)).toEqual(log.map((_, index) => index + 1));
  const second = log.filter((line) => line.stage === "second");
  expect(second.map((line) => line.stageLine)).toEqual(second.map((_, index) => index + 1));
  expect(second.filter((line) => line.text === "tick 40")).toHaveLength(2);
  expect(second.find((line) => line.stream === "system")?.text).toContain("The worker that ran this stage was lost; it starts again (attempt 2)");
  expect(log.filter((line) => line.text === "once")).toHaveLength(1);
});

it("a build that was being cancelled when its worker was killed is closed as cancelled", async () => {
  const doomed = await platform.startWorker();
  const { buildId } = await platform.push({ first: "trap '' TERM; echo up; sleep 60", second: "true", third: "true" });
  await platform.seesLine(buildId, /^up$/);
  const cancelled = cancelBuild({ context: platform.context, actor: platform.actor, buildId, requestId: null });
  await doomed.kill();
  const heir = await platform.startWorker();
  expect((await cancelled).buildId).toBe(buildId);
  expect(await platform.finished(buildId)).toBe("cancelled");
  await heir.stop();
});

it("leaves no process of a killed worker's sandbox", async () => {
  const doomed = await platform.startWorker();
  const marker = `7${Date.now() % 100_000}`;
  const { buildId } = await platform.push({ first: `echo up; exec sleep ${marker}`, second: "true", third: "true" });
  await platform.seesLine(buildId, /^up$/);
  expect(await countProcesses(`sleep\0${marker}`)).toBeGreaterThan(0);
  await doomed.kill();
  await expect.poll(() => countProcesses(`sleep\0${marker}`), { timeout: 5_000 }).toBe(0);
  await cancelBuild({ context: platform.context, actor: platform.actor, buildId, requestId: null, waitMs: 0 }).catch(() => undefined);
});

async function countProcesses(commandLine: string): Promise<number> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")));
  return lines.filter((line) => line.startsWith(commandLine)).length;
}
