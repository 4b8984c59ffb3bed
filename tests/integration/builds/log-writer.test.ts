import { afterAll, beforeAll, expect, it } from "vitest";
import { claimStage } from "~/server/services/builds/claim-stage";
import { createLogWriter, type LogWriterOptions } from "~/server/services/builds/log-writer";
import { lastEventIdOf, streamBuild } from "~/server/services/builds/stream-build";
import { openPlatform, type Platform } from "../../support/platform";

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
});
afterAll(() => platform.close());

/** A build whose first stage is claimed, with nobody to run it. */
async function claimed(key = "first") {
  const { buildId } = await platform.push({ first: "true", second: "true", third: "true" });
  const answer = await claimStage({ context: platform.context, buildId, key, workerId: "wrk_test" });
  if (!answer.claimed) throw new Error("The stage could not be claimed.");
  return { buildId, stage: answer.claim.stage };
}

function writerOf({ buildId, stage }: Awaited<ReturnType<typeof claimed>>, options: Partial<LogWriterOptions> = {}) {
  return createLogWriter({
    pool: platform.context.database.pool, buildId, stageId: stage.id, fence: stage.fence, logLines: stage.logLines, secrets: [], onLost: () => undefined, ...options,
  });
}

const storedLines = async (buildId: string) => {
  const chunks = await platform.context.database.db.logChunk.findMany({ where: { buildId }, orderBy: { firstLine: "asc" } });
  return chunks.flatMap((chunk) => chunk.body.split("\n").map((text, index) => ({ line: chunk.firstLine + index, stream: chunk.stream, text })));
};

it("numbers the lines of two stages that write at the same time 1..N", async () => {
  const first = await claimed();
  const answer = await claimStage({ context: platform.context, buildId: first.buildId, key: "third", workerId: "wrk_test" });
  if (!answer.claimed) throw new Error("The stage could not be claimed.");
  const writers = [writerOf(first), writerOf({ buildId: first.buildId, stage: answer.claim.stage })];
  for (let i = 0; i < 3000; i++) await Promise.all(writers.map((writer, index) => writer.output({ stream: index === 0 ? "stdout" : "stderr", bytes: Buffer.from(`writer ${index} line ${i}\n`) })));
  await Promise.all(writers.map((writer) => writer.close()));
  const lines = await storedLines(first.buildId);
  expect(lines.map(({ line }) => line)).toEqual(Array.from({ length: 6000 }, (_, index) => index + 1));
  for (const index of [0, 1]) {
    expect(lines.filter(({ text }) => text.startsWith(`writer ${index}`)).map(({ text }) => text)).toEqual(Array.from({ length: 3000 }, (_, i) => `writer ${index} line ${i}`));
  }
});

it("caps a build's log with one plain last line, for every stage", async () => {
  const target = await claimed();
  const writer = writerOf(target, { capBytes: 3 * 1024 * 1024 });
  for (let i = 0; i < 100; i++) await writer.output({ stream: "stdout", bytes: Buffer.from(`${"x".repeat(60_000)}\n`) });
  await writer.close();
  const again = writerOf({ ...target, stage: { ...target.stage, logLines: 1_000 } });
  again.line("too late");
  await again.close();
  const lines = await storedLines(target.buildId);
  expect(lines.at(-1)).toMatchObject({ stream: "system", text: "The log of this build reached its limit of 3 MB; later output is not kept." });
  expect(lines.length).toBeLessThan(60);
  const build = await platform.context.database.db.build.findUniqueOrThrow({ where: { id: target.buildId } });
  expect(build.logCapped).toBe(true);
  expect(Number(build.logBytes)).toBeLessThanOrEqual(3 * 1024 * 1024 + 200);
});

it("writes nothing once the claim is another's, and says so", async () => {
  const target = await claimed();
  let lost = false;
  const writer = writerOf(target, { onLost: () => { lost = true; } });
  writer.line("mine");
  await claimStage({ context: platform.context, buildId: target.buildId, key: "first", workerId: "wrk_heir" });
  writer.line("from the dead");
  await writer.close();
  expect((await storedLines(target.buildId)).map(({ text }) => text)).not.toContain("from the dead");
  expect(lost).toBe(true);
});

it("a batch that is sent twice is stored once", async () => {
  const target = await claimed();
  const send = () =>
    platform.context.database.pool.query("SELECT append_log($1, $2, $3, $4, $5, $6::text[], $7::int[], $8::text[]) AS answer", [
      target.buildId, target.stage.id, target.stage.fence, 0, 1_000_000, ["stdout"], [2], ["a\nb"],
    ]);
  expect((await send()).rows).toEqual([{ answer: "ok" }]);
  expect((await send()).rows).toEqual([{ answer: "ok" }]);
  expect((await storedLines(target.buildId)).map(({ text }) => text)).toEqual(["a", "b"]);
});

it("masks secrets, those of several lines too", async () => {
  const target = await claimed();
  const writer = writerOf(target, { secrets: ["hunter2-secret", "-----BEGIN KEY-----\nMIIabcdef\n-----END KEY-----"] });
  await writer.output({ stream: "stdout", bytes: Buffer.from("token=hunter2-secret\nMIIabcdef and more\n") });
  await writer.close();
  expect((await storedLines(target.buildId)).map(({ text }) => text)).toEqual(["token=***", "*** and more"]);
});

it("a follower that comes and goes sees every line once while they are written", async () => {
  const target = await claimed();
  const writer = writerOf(target);
  const seen: number[] = [];
  const follow = async () => {
    let cursor = 0;
    while (seen.length < 2000) {
      const connection = new AbortController();
      let frames = 0;
      for await (const frame of streamBuild({ context: platform.context, buildId: target.buildId, afterEventId: cursor, signal: connection.signal })) {
        cursor = lastEventIdOf(frame);
        if (frame.type === "lines") seen.push(...frame.lines.map((_, index) => frame.first_line + index));
        if (++frames === 3 || seen.length >= 2000) connection.abort();
      }
    }
  };
  const following = follow();
  for (let i = 0; i < 2000; i++) {
    await writer.output({ stream: "stdout", bytes: Buffer.from(`line ${i}\n`) });
    if (i % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await writer.close();
  await following;
  expect(seen).toEqual(Array.from({ length: 2000 }, (_, index) => index + 1));
});
