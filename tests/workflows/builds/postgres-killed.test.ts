import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "~/postgres/embedded-postgres";
import { applyMigrations } from "~/server/db/migrate";
import { openPlatform, readLog, type Platform } from "../../support/platform";

let dataDir: string;
let postgres: EmbeddedPostgres;
let platform: Platform;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "slipway-killed-postgres-"));
  postgres = await startEmbeddedPostgres({ dataDir });
  await applyMigrations({ databaseUrl: postgres.url, migrationsDir: fileURLToPath(new URL("../../../prisma/migrations", import.meta.url)) });
  platform = await openPlatform({ database: { url: postgres.url, drop: () => Promise.resolve() } });
  await platform.startWorker();
});
afterAll(async () => {
  await platform.close();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
});

it("Postgres killed in the middle of a log: every line is there once, each completed stage ran once", async () => {
  const printing = "echo begin; for i in $(seq 1 4000); do echo line $i; [ $((i % 40)) = 0 ] && sleep 0.05; done; echo one > first.txt";
  const { buildId } = await platform.push({ first: printing, second: "echo two > second.txt", third: "echo three > third.txt" });
  await platform.seesLine(buildId, /^line \d{3}$/);
  const { exited } = postgres;
  process.kill(postgres.pid, "SIGKILL");
  await exited;
  postgres = await startEmbeddedPostgres({ dataDir });
  expect(await platform.finished(buildId)).toBe("successful");

  const log = await readLog(platform, buildId);
  expect(log.map((line) => line.line)).toEqual(log.map((_, index) => index + 1));
  const printed = log.filter((line) => line.stage === "first" && line.stream === "stdout").map((line) => line.text);
  expect(printed).toEqual(["begin", ...Array.from({ length: 4000 }, (_, index) => `line ${index + 1}`)]);
  const stages = await platform.context.database.db.buildStage.findMany({ where: { buildId }, orderBy: { position: "asc" } });
  expect(stages.map((stage) => [stage.status, stage.attempt])).toEqual([["successful", 1], ["successful", 1], ["successful", 1]]);
});
