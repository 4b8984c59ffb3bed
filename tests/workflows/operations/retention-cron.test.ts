import { afterAll, beforeAll, expect, it } from "vitest";
import { openPlatform, type Platform } from "../../support/platform";

const SCRIPTS = { first: "echo making; echo one > first.txt", second: "echo two", third: "echo three" };
let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
});
afterAll(() => platform.close());

/** The tick of the hour, now. */
async function tick(): Promise<void> {
  const { rowCount } = await platform.context.database.pool.query("UPDATE engine.crons SET next_at = now() - interval '1 second' WHERE fn_id LIKE '%sweep-retention'");
  expect(rowCount).toBe(1);
}

async function contentRemoved(buildId: string): Promise<boolean> {
  return (await platform.context.database.db.build.findUniqueOrThrow({ where: { id: buildId } })).contentRemovedAt !== null;
}

it("the workers sweep by the clock, one of them, and a build made anew has all that the old one lost", async () => {
  const { pool, db } = platform.context.database;
  await platform.startWorker();
  const second = await platform.startWorker();
  const first = await platform.push(SCRIPTS);
  expect(await platform.finished(first.buildId)).toBe("successful");
  const again = await platform.changeFiles(first.releaseId, { ...SCRIPTS, first: "echo making again; echo 1 > first.txt" });
  expect(await platform.finished(again.buildId)).toBe("successful");
  await db.build.updateMany({ data: { completedAt: new Date(Date.now() - 40 * 86_400_000) } });

  await tick();
  await second.kill();
  await tick();
  await expect.poll(() => contentRemoved(first.buildId), { timeout: 50_000 }).toBe(true);
  expect(await contentRemoved(again.buildId)).toBe(false);
  await expect.poll(async () => (await pool.query("SELECT status FROM engine.runs WHERE fn_id LIKE '%sweep-retention'")).rows.map((row: { status: string }) => row.status).filter((status) => status !== "completed"), { timeout: 50_000 }).toEqual([]);

  // The first files once more: what they made then is gone, so it is made again, not reused.
  const back = await platform.changeFiles(first.releaseId, SCRIPTS);
  expect(await platform.finished(back.buildId)).toBe("successful");
  const stage = await db.buildStage.findUniqueOrThrow({ where: { buildId_key: { buildId: back.buildId, key: "first" } } });
  expect(stage.cached).toBe(false);
  const artifact = await db.artifact.findFirstOrThrow({ where: { buildId: back.buildId } });
  expect(Buffer.from(await platform.context.blobs.get(artifact.sha256)).toString()).toBe("one\n");
});
