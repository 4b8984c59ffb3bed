/** A rebuild of which little or nothing changed: what is reused is settled as the build begins, in one transaction. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beginBuild } from "~/server/services/builds/begin-build";
import { cancelBuild } from "~/server/services/builds/cancel-build";
import { rebuildRelease } from "~/server/services/builds/rebuild-release";
import { fixturePipeline } from "../../support/fixture-pipeline";
import { openPlatform, readFrames, readLog, type Platform, type WorkerProcess } from "../../support/platform";

let platform: Platform;
let worker: WorkerProcess;

interface Source {
  buildId: string;
  releaseId: string;
}

/** A successful build of a release that no other test's results fit. */
async function buildOnce(): Promise<Source> {
  const mark = crypto.randomUUID();
  const source = await platform.push({ first: `echo one > first.txt # ${mark}`, second: `echo two > second.txt # ${mark}`, third: `echo three > third.txt # ${mark}` });
  expect(await platform.finished(source.buildId)).toBe("successful");
  return source;
}

const rebuild = async (source: Source, options: { mode?: "stale" | "all"; stages?: string[] } = {}) =>
  (await rebuildRelease({ context: platform.context, actor: platform.actor, releaseId: source.releaseId, mode: "stale", requestId: null, ...options })).buildId;
const stagesOf = (buildId: string) => platform.context.database.db.buildStage.findMany({ where: { buildId }, orderBy: { position: "asc" }, include: { artifacts: true } });
const begin = (buildId: string) => beginBuild({ context: platform.context, buildId, workerId: "wrk_test" });

describe("a rebuild", () => {
  beforeAll(async () => {
    platform = await openPlatform();
    worker = await platform.startWorker();
  });
  afterAll(() => platform.close());

  it("tells of every stage as if it had been walked, and is over with the first step", async () => {
    const source = await buildOnce();
    const before = await stagesOf(source.buildId);
    const buildId = await rebuild(source);
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
    const buildId = await rebuild(await buildOnce(), { stages: ["third"] });
    expect(await platform.finished(buildId)).toBe("successful");
    expect((await stagesOf(buildId)).map(({ key, cached }) => [key, cached])).toEqual([["first", true], ["second", true], ["third", false]]);
  });

  it("runs everything when everything was asked for", async () => {
    const buildId = await rebuild(await buildOnce(), { mode: "all" });
    expect(await platform.finished(buildId)).toBe("successful");
    expect((await stagesOf(buildId)).some(({ cached }) => cached)).toBe(false);
  });
});

describe("beginning a build, with no worker to go on with it", () => {
  let sources: Source[];
  const take = (): Source => {
    const source = sources.pop();
    if (source === undefined) throw new Error("Each test takes one; make more of them.");
    return source;
  };
  beforeAll(async () => {
    platform = await openPlatform();
    worker = await platform.startWorker();
    sources = await Promise.all(Array.from({ length: 5 }, buildOnce));
    await worker.stop();
  });
  afterAll(() => platform.close());

  it.each<[name: string, check: () => Promise<string | null>, reused: boolean]>([
    ["that it holds", () => Promise.resolve(null), true],
    ["that it does not", () => Promise.resolve("it is gone"), false],
    ["that it can't tell", () => Promise.reject(new Error("no answer")), false],
    ["nothing at all", () => new Promise(() => undefined), false],
  ])("leaves a stage to its own step unless its check of the world outside answers %s", async (_, checkReuse, reused) => {
    const source = take();
    const [first, second, third] = fixturePipeline.stages;
    if (first === undefined || second === undefined || third === undefined) throw new Error("The fixture has three stages.");
    const checked = { ...fixturePipeline, stages: [first, second, { ...third, checkReuse }] };
    const context = { ...platform.context, pipelines: { get: () => checked, kinds: () => [checked.kind] } };
    const buildId = await rebuild(source);
    expect(await beginBuild({ context, buildId, workerId: "wrk_test" })).toEqual(reused ? { stages: [], over: "successful" } : { stages: [{ key: "third", needs: ["first"] }], over: null });
    expect((await stagesOf(buildId)).map(({ status }) => status)).toEqual(["successful", "successful", reused ? "successful" : "pending"]);
    if (!reused) await cancelBuild({ context: platform.context, actor: platform.actor, buildId, requestId: null });
  });

  it("begins once, however often it is told to, and never once it was cancelled", async () => {
    const source = take();
    const buildId = await rebuild(source);
    expect(await begin(buildId)).toEqual({ stages: [], over: "successful" });
    const first = await readFrames(platform, buildId);
    expect(await begin(buildId)).toEqual({ stages: [], over: null });
    expect(await readFrames(platform, buildId)).toEqual(first);

    const partly = await rebuild(source, { stages: ["first"] });
    const plan = { stages: [{ key: "first", needs: [] }, { key: "second", needs: ["first"] }, { key: "third", needs: ["first"] }], over: null };
    expect(await begin(partly)).toEqual(plan);
    expect(await begin(partly)).toEqual(plan);
    await cancelBuild({ context: platform.context, actor: platform.actor, buildId: partly, requestId: null });

    const cancelled = await rebuild(source);
    await cancelBuild({ context: platform.context, actor: platform.actor, buildId: cancelled, requestId: null });
    expect(await begin(cancelled)).toEqual({ stages: [], over: null });
    expect((await stagesOf(cancelled)).map(({ status, attempt }) => [status, attempt])).toEqual([["cancelled", 0], ["cancelled", 0], ["cancelled", 0]]);
  });
});
