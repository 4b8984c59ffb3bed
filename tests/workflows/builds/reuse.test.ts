/** A rebuild of which little or nothing changed: what is reused is settled as the build begins, in one transaction. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { beginBuild } from "~/server/services/builds/begin-build";
import { cancelBuild } from "~/server/services/builds/cancel-build";
import { rebuildRelease } from "~/server/services/builds/rebuild-release";
import { openPlatform, readFrames, readLog, type Platform, type WorkerProcess } from "../../support/platform";

const SCRIPTS = { first: "echo one > first.txt", second: "echo two > second.txt", third: "echo three > third.txt" };

let platform: Platform;
let worker: WorkerProcess;
let source: { buildId: string; releaseId: string };
beforeAll(async () => {
  platform = await openPlatform();
  worker = await platform.startWorker();
  source = await platform.push(SCRIPTS);
  expect(await platform.finished(source.buildId)).toBe("successful");
});
afterAll(() => platform.close());

const rebuild = async (options: { mode?: "stale" | "all"; stages?: string[] } = {}) =>
  (await rebuildRelease({ context: platform.context, actor: platform.actor, releaseId: source.releaseId, mode: "stale", requestId: null, ...options })).buildId;
const stagesOf = (buildId: string) => platform.context.database.db.buildStage.findMany({ where: { buildId }, orderBy: { position: "asc" }, include: { artifacts: true } });
const begin = (buildId: string) => beginBuild({ context: platform.context, buildId, workerId: "wrk_test" });

it("tells of every stage as if it had been walked, and is over with the first step", async () => {
  const before = await stagesOf(source.buildId);
  const buildId = await rebuild();
  expect(await platform.finished(buildId)).toBe("successful");

  const frames = await readFrames(platform, buildId);
  expect(frames.map((frame) => (frame.type === "event" ? [frame.event.id, frame.event.type, frame.event.step, frame.event.status] : [frame.first_event_id, frame.stage, frame.first_line, frame.lines.length]))).toEqual([
    [1, "build.created", undefined, "pending"],
    ...["first", "second", "third"].flatMap((stage, index) => [
      [2 + 3 * index, "build.step", stage, "building"],
      [3 + 3 * index, stage, index + 1, 1],
      [4 + 3 * index, "build.step", stage, "successful"],
    ]),
    [11, "build.completed", undefined, "successful"],
  ]);
  expect((await readLog(platform, buildId)).map(({ text }) => text)).toEqual(before.map(() => expect.stringMatching(/^Reused the result of build #1 of .+: nothing it depends on changed \(fingerprint [0-9a-f]{12}\)\.$/)));

  const stages = await stagesOf(buildId);
  for (const [index, stage] of stages.entries()) {
    const original = before[index];
    expect(stage).toMatchObject({
      status: "successful", cached: true, cachedFromId: original?.id, attempt: 1, fence: 1, logLines: 1, progress: 100, workerId: worker.workerId,
      fingerprint: original?.fingerprint, inputs: original?.inputs, outputDigest: original?.outputDigest, report: original?.report, errorCode: null,
    });
    expect(stage.reason).toMatch(/^Reused from build #1 of /);
    expect(stage.artifacts.map(({ name, sha256 }) => [name, sha256])).toEqual(original?.artifacts.map(({ name, sha256 }) => [name, sha256]));
    expect(stage.durationMs).toBe((stage.completedAt?.getTime() ?? 0) - (stage.startedAt?.getTime() ?? 0));
  }
  const release = await platform.context.database.db.release.findUniqueOrThrow({ where: { id: source.releaseId }, include: { stages: true } });
  expect(release.displayStatus).toBe("successful");
  expect(release.stages.map(({ status, cached, isStale, buildId: of }) => ({ status, cached, isStale, of }))).toEqual(release.stages.map(() => ({ status: "successful", cached: true, isStale: false, of: buildId })));

  // Rows that are only ever inserted carry the transaction that wrote them: the creation, and the beginning.
  const { pool } = platform.context.database;
  const written = await pool.query("SELECT DISTINCT xmin::text FROM (SELECT xmin FROM build_event WHERE build_id = $1 UNION ALL SELECT xmin FROM log_chunk WHERE build_id = $1 UNION ALL SELECT xmin FROM artifact WHERE build_id = $1) rows", [buildId]);
  expect(written.rowCount).toBe(2);
  // The build is over before the workflow has written that down.
  await expect.poll(async () => (await pool.query("SELECT status FROM engine.runs WHERE event_id = $1", [buildId])).rows, { timeout: 30_000 }).toEqual([{ status: "completed" }]);
  const steps = await pool.query("SELECT s.name FROM engine.steps s JOIN engine.runs r ON r.id = s.run_id WHERE r.event_id = $1", [buildId]);
  expect(steps.rows).toEqual([{ name: "begin" }]);
});

it("runs what was asked for by name, and reuses what does not wait for it", async () => {
  const buildId = await rebuild({ stages: ["third"] });
  expect(await platform.finished(buildId)).toBe("successful");
  expect((await stagesOf(buildId)).map(({ key, cached }) => [key, cached])).toEqual([["first", true], ["second", true], ["third", false]]);
});

it("runs everything when everything was asked for", async () => {
  const buildId = await rebuild({ mode: "all" });
  expect(await platform.finished(buildId)).toBe("successful");
  expect((await stagesOf(buildId)).some(({ cached }) => cached)).toBe(false);
});

it("begins once, however often it is told to, and never once it was cancelled", async () => {
  await worker.stop();
  const buildId = await rebuild();
  expect(await begin(buildId)).toEqual({ stages: [], over: "successful" });
  const first = await readFrames(platform, buildId);
  expect(await begin(buildId)).toEqual({ stages: [], over: null });
  expect(await readFrames(platform, buildId)).toEqual(first);

  const partly = await rebuild({ stages: ["first"] });
  const plan = { stages: [{ key: "first", needs: [] }, { key: "second", needs: ["first"] }, { key: "third", needs: ["first"] }], over: null };
  expect(await begin(partly)).toEqual(plan);
  expect(await begin(partly)).toEqual(plan);
  await cancelBuild({ context: platform.context, actor: platform.actor, buildId: partly, requestId: null });

  const cancelled = await rebuild();
  await cancelBuild({ context: platform.context, actor: platform.actor, buildId: cancelled, requestId: null });
  expect(await begin(cancelled)).toEqual({ stages: [], over: null });
  expect((await stagesOf(cancelled)).map(({ status, attempt }) => [status, attempt])).toEqual([["cancelled", 0], ["cancelled", 0], ["cancelled", 0]]);
});
