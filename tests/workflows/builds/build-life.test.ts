import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lastEventIdOf } from "~/server/services/builds/stream-build";
import { cancelBuild } from "~/server/services/builds/cancel-build";
import { rebuildRelease } from "~/server/services/builds/rebuild-release";
import { openPlatform, readFrames, readLog, type Platform } from "../../support/platform";

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
  await platform.startWorker();
});
afterAll(() => platform.close());

const GOOD = {
  first: "echo making; echo one > first.txt",
  second: "cat /in/needs/first/first.txt; tr a-z A-Z < /in/needs/first/first.txt > second.txt",
  third: "echo warn >&2; echo three > third.txt",
};

const stagesOf = async (buildId: string) => {
  const stages = await platform.context.database.db.buildStage.findMany({ where: { buildId }, orderBy: { position: "asc" } });
  return Object.fromEntries(stages.map((stage) => [stage.key, stage]));
};
const artifactsOf = async (buildId: string) => {
  const artifacts = await platform.context.database.db.artifact.findMany({ where: { buildId }, orderBy: { name: "asc" } });
  return Promise.all(artifacts.map(async (artifact) => [artifact.name, Buffer.from(await platform.context.blobs.get(artifact.sha256)).toString().trim()]));
};

describe("a build", () => {
  it("runs its stages, keeps what they made and print, and numbers lines and events without a gap", async () => {
    const { buildId, releaseId } = await platform.push(GOOD);
    expect(await platform.finished(buildId)).toBe("successful");
    expect(await artifactsOf(buildId)).toEqual([["first/first.txt", "one"], ["second/second.txt", "ONE"], ["third/third.txt", "three"]]);

    const log = await readLog(platform, buildId);
    expect(log.map((line) => line.line)).toEqual(log.map((_, index) => index + 1));
    expect(log.filter((line) => line.stage === "third").map(({ text, stream, stageLine }) => ({ text, stream, stageLine }))).toEqual([{ text: "warn", stream: "stderr", stageLine: 1 }]);

    const frames = await readFrames(platform, buildId);
    const ids = frames.flatMap((frame) => (frame.type === "event" ? [frame.event.id] : frame.lines.map((_, index) => frame.first_event_id + index)));
    expect(ids).toEqual(ids.map((_, index) => index + 1));
    const events = frames.filter((frame) => frame.type === "event").map((frame) => frame.event.type);
    expect([events[0], events.at(-1)]).toEqual(["build.created", "build.completed"]);

    const release = await platform.context.database.db.release.findUniqueOrThrow({ where: { id: releaseId }, include: { stages: true } });
    expect(release.displayStatus).toBe("successful");
    expect(release.stages.every((stage) => stage.status === "successful" && !stage.isStale)).toBe(true);
  });

  it("can be followed again from any event, without loss or repeats", async () => {
    const { buildId } = await platform.push({ ...GOOD, first: "seq 1 500; echo one > first.txt" });
    await platform.finished(buildId);
    const all = await readFrames(platform, buildId);
    const last = Math.max(...all.map(lastEventIdOf));
    for (const cursor of [1, 2, 77, 300, last - 1]) {
      const ids = (await readFrames(platform, buildId, cursor)).flatMap((frame) => (frame.type === "event" ? [frame.event.id] : frame.lines.map((_, index) => frame.first_event_id + index)));
      expect(ids).toEqual(Array.from({ length: last - cursor }, (_, index) => cursor + 1 + index));
    }
  });

  it("fails with the stage's error first, skips what needs it, and says why", async () => {
    const { buildId } = await platform.push({ ...GOOD, first: "echo before; exit 3" });
    expect(await platform.finished(buildId)).toBe("failed");
    const build = await platform.context.database.db.build.findUniqueOrThrow({ where: { id: buildId } });
    expect(build).toMatchObject({ errorStage: "first", errorCode: "exit_code", errorMessage: "first.sh ended with 3" });
    const stages = await stagesOf(buildId);
    expect(stages.first).toMatchObject({ status: "failed", errorLine: 2 });
    expect(stages.second).toMatchObject({ status: "skipped", reason: "First failed: first.sh ended with 3" });
  });

  it("reuses what did not change, explains what did, and lets all run when asked to", async () => {
    const { buildId, releaseId } = await platform.push(GOOD);
    await platform.finished(buildId);
    const changed = await platform.changeFiles(releaseId, { ...GOOD, third: "echo four > third.txt" });
    const stale = await platform.context.database.db.releaseStage.findMany({ where: { releaseId, isStale: true } });
    expect(stale.map(({ key, staleReason }) => ({ key, staleReason }))).toEqual([{ key: "third", staleReason: "stale because `third.sh` changed" }]);

    expect(await platform.finished(changed.buildId)).toBe("successful");
    const stages = await stagesOf(changed.buildId);
    expect([stages.first?.cached, stages.second?.cached, stages.third?.cached]).toEqual([true, true, false]);
    expect(stages.third?.reason).toBe("Ran because `third.sh` changed");
    expect(await artifactsOf(changed.buildId)).toEqual([["first/first.txt", "one"], ["second/second.txt", "ONE"], ["third/third.txt", "four"]]);
    expect(await artifactsOf(buildId)).toContainEqual(["third/third.txt", "three"]);
    expect(await platform.context.database.db.releaseStage.count({ where: { releaseId, isStale: true } })).toBe(0);

    const all = await rebuildRelease({ context: platform.context, actor: platform.actor, releaseId, mode: "all", requestId: null });
    expect(await platform.finished(all.buildId)).toBe("successful");
    expect(Object.values(await stagesOf(all.buildId)).some((stage) => stage.cached)).toBe(false);
  });

  it("stops at an unchanged result: a stage whose input changed to no effect does not rerun what comes after", async () => {
    const { buildId, releaseId } = await platform.push(GOOD);
    await platform.finished(buildId);
    const { buildId: next } = await platform.changeFiles(releaseId, { ...GOOD, first: `# only a comment\n${GOOD.first}` });
    const stale = await platform.context.database.db.releaseStage.findMany({ where: { releaseId }, orderBy: { position: "asc" } });
    expect(stale.map((stage) => stage.staleReason)).toEqual([
      "stale because `first.sh` changed",
      "stale because First, which it builds on, is stale",
      "stale because First, which it builds on, is stale",
    ]);
    await platform.finished(next);
    const stages = await stagesOf(next);
    expect([stages.first?.cached, stages.second?.cached, stages.third?.cached]).toEqual([false, true, true]);
  });

  it("is refused a second rebuild while one is under way, and one of what failed when nothing did", async () => {
    const { buildId, releaseId } = await platform.push({ ...GOOD, second: "echo up; sleep 60" });
    await platform.seesLine(buildId, /^up$/);
    const rebuild = (mode: "stale" | "failed") => rebuildRelease({ context: platform.context, actor: platform.actor, releaseId, mode, requestId: null });
    await expect(rebuild("stale")).rejects.toMatchObject({ code: "build_in_progress" });
    await cancelBuild({ context: platform.context, actor: platform.actor, buildId, requestId: null });

    const good = await platform.push(GOOD);
    await platform.finished(good.buildId);
    await expect(rebuildRelease({ context: platform.context, actor: platform.actor, releaseId: good.releaseId, mode: "failed", requestId: null })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("cancelling", () => {
  it("kills what runs, confirms it, publishes nothing of it, and keeps the log", async () => {
    const { buildId } = await platform.push({ ...GOOD, second: "echo started; echo half > second.txt; sleep 60" });
    await platform.seesLine(buildId, /^started$/);
    const { cancelledInMs } = await cancelBuild({ context: platform.context, actor: platform.actor, buildId, requestId: null });
    expect(cancelledInMs).toBeLessThan(10_000);
    expect(await platform.finished(buildId)).toBe("cancelled");
    expect(await stagesOf(buildId)).toMatchObject({ first: { status: "successful" }, second: { status: "cancelled", outputDigest: null } });
    expect((await artifactsOf(buildId)).map(([name]) => name)).not.toContain("second/second.txt");
    expect((await readLog(platform, buildId)).map((line) => line.text)).toContain("started");
  });

  it("closes a build that has not begun at once, and none of it ever runs", async () => {
    const held = await openPlatform();
    try {
      const { buildId } = await held.push(GOOD);
      await cancelBuild({ context: held.context, actor: held.actor, buildId, requestId: null });
      await held.startWorker();
      const probe = await held.push(GOOD);
      await held.finished(probe.buildId);
      const stages = await held.context.database.db.buildStage.findMany({ where: { buildId } });
      expect(stages.map((stage) => [stage.status, stage.attempt])).toEqual([["cancelled", 0], ["cancelled", 0], ["cancelled", 0]]);
    } finally {
      await held.close();
    }
  });

  it("says so when there is nothing to cancel, and to whom it does not belong", async () => {
    const { buildId } = await platform.push(GOOD);
    await platform.finished(buildId);
    const cancel = (actor: Platform["actor"]) => cancelBuild({ context: platform.context, actor, buildId, requestId: null });
    await expect(cancel(platform.actor)).rejects.toMatchObject({ code: "build_not_cancellable" });
    await expect(cancel({ ...platform.actor, userId: "usr_somebody_else" })).rejects.toMatchObject({ code: "not_found" });
  });
});
