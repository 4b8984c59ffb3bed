import { hostname } from "node:os";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createId } from "~/domain/ids";
import { claimStage } from "~/server/services/builds/claim-stage";
import { settleStage, type StageEnd } from "~/server/services/builds/settle-stage";
import { finishBuild } from "~/server/services/builds/finish-build";
import { refreshAfterUpgrade } from "~/server/services/builds/refresh-staleness";
import type { WorkflowEvent } from "~/inngest/events";
import { dispatchOutbox } from "~/server/services/outbox/dispatch-outbox";
import { reapWorkers } from "~/server/services/workers/reap-workers";
import { beat, registerWorker, SILENT_MS } from "~/server/services/workers/worker-record";
import { openPlatform, type Platform } from "../../support/platform";

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
});
afterAll(() => platform.close());

const SCRIPTS = { first: "true", second: "true", third: "true" };
const SUCCESS: StageEnd = {
  status: "successful", artifacts: [], fingerprint: "f1", cachedFromId: null, reason: null, error: null, errorLine: null, report: null, insecure: false,
  inputs: { files: { "first.sh": "aa" }, options: {}, toolchain: { sh: "0.9" }, stageVersion: 1, needs: {} },
};

const claim = async (buildId: string, workerId = "wrk_a") => {
  const answer = await claimStage({ context: platform.context, buildId, key: "first", workerId });
  if (!answer.claimed) throw new Error(`Not claimed: ${answer.status}`);
  return answer.claim.stage;
};

it("an attempt that lost its claim can settle nothing", async () => {
  const { buildId } = await platform.push(SCRIPTS);
  const old = await claim(buildId);
  const heir = await claim(buildId, "wrk_b");
  expect(await settleStage({ context: platform.context, stage: old, end: SUCCESS })).toBeNull();
  expect(await settleStage({ context: platform.context, stage: heir, end: SUCCESS })).toBe("successful");
  expect(await settleStage({ context: platform.context, stage: heir, end: { ...SUCCESS, status: "failed" } })).toBeNull();
});

it("a build that the workflow gave up on is failed with a word to the person, not left hanging", async () => {
  const { buildId } = await platform.push(SCRIPTS);
  await claim(buildId);
  const { db } = platform.context.database;
  const { workspaceId } = await db.build.findUniqueOrThrow({ where: { id: buildId } });
  await db.deployment.create({ data: { id: createId("deployment"), buildId, workspaceId, chainId: 901, chainName: "First", unit: "TST", contract: "Counter", deployableHash: "aa", status: "building" } });
  expect(await finishBuild({ context: platform.context, buildId })).toBe("building");
  expect(await finishBuild({ context: platform.context, buildId, brokenBecause: "The platform could not finish this build." })).toBe("failed");
  const build = await platform.context.database.db.build.findUniqueOrThrow({ where: { id: buildId }, include: { stages: true } });
  expect(build).toMatchObject({ errorCode: "internal_error", errorMessage: "The platform could not finish this build." });
  expect(build.stages.map((stage) => stage.status)).toEqual(["cancelled", "cancelled", "cancelled"]);
  expect(await db.deployment.findFirst({ where: { buildId } })).toMatchObject({ status: "failed", errorCode: "internal_error", errorMessage: "The platform failed before anything was sent." });
});

it("a worker counts as dead when its process is gone or it was silent too long, and only then", async () => {
  const { db } = platform.context.database;
  const me = createId("worker");
  await registerWorker({ context: platform.context, workerId: me, slots: 1, isolation: "sandboxed" });
  const row = { hostname: hostname(), pidStart: "1", slots: 1, isolation: "sandboxed" };
  const gone = await db.worker.create({ data: { ...row, id: createId("worker"), pid: process.pid } });
  const silent = await db.worker.create({ data: { ...row, id: createId("worker"), hostname: "elsewhere", pid: 1, lastSeenAt: new Date(Date.now() - SILENT_MS - 1_000) } });
  const distant = await db.worker.create({ data: { ...row, id: createId("worker"), hostname: "elsewhere", pid: 1 } });
  const living = createId("worker");
  await registerWorker({ context: platform.context, workerId: living, slots: 1, isolation: "sandboxed" });
  await beat({ context: platform.context, workerId: living });

  const released: string[] = [];
  const dead = await reapWorkers({ context: platform.context, workerId: me, releaseWorker: async (id) => void released.push(id) });
  expect(new Set(dead)).toEqual(new Set([gone.id, silent.id]));
  expect(new Set(released)).toEqual(new Set([gone.id, silent.id]));
  expect((await db.worker.findUniqueOrThrow({ where: { id: distant.id } })).stoppedAt).toBeNull();
});

it("after an upgrade of the toolchain, releases say what went stale", async () => {
  const { buildId, releaseId } = await platform.push(SCRIPTS);
  const stage = await claim(buildId);
  const files = (await platform.context.database.db.release.findUniqueOrThrow({ where: { id: releaseId } })).filesDigest;
  const manifest = JSON.parse(Buffer.from(await platform.context.blobs.get(files)).toString());
  const inputs = { files: { "first.sh": manifest.files["first.sh"].sha256 }, options: {}, toolchain: { sh: "0.9" }, stageVersion: 1, needs: {} };
  await settleStage({ context: platform.context, stage, end: { ...SUCCESS, inputs } });
  expect(await refreshAfterUpgrade({ context: platform.context })).toBeGreaterThan(0);
  const row = await platform.context.database.db.releaseStage.findUniqueOrThrow({ where: { releaseId_key: { releaseId, key: "first" } } });
  expect(row).toMatchObject({ isStale: true, staleReason: "stale because sh went from 0.9 to 1" });
});

it("events stay in the outbox until they were sent, and go out once however many dispatch", async () => {
  const { database } = platform.context;
  await database.db.outboxEvent.updateMany({ data: { deliveredAt: new Date() } });
  await database.db.outboxEvent.createMany({ data: Array.from({ length: 250 }, (_, index) => ({ id: `evt_${index}`, name: "build/requested", payload: { buildId: `b${index}` } })) });
  await expect(dispatchOutbox({ database, send: () => Promise.reject(new Error("away")) })).rejects.toThrow("away");
  const sent: WorkflowEvent[] = [];
  const send = async (events: readonly WorkflowEvent[]) => void sent.push(...events);
  await Promise.all([dispatchOutbox({ database, send }), dispatchOutbox({ database, send }), dispatchOutbox({ database, send })]);
  await dispatchOutbox({ database, send });
  expect(sent.map((event) => event.id).sort()).toEqual(Array.from({ length: 250 }, (_, index) => `evt_${index}`).sort());
});
