import { mkdir, rename, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sha256Hex } from "~/domain/fingerprint";
import { findReusableResult } from "~/server/services/builds/find-reusable-result";
import { planRetention } from "~/server/services/retention/plan-retention";
import { cutoffOf } from "~/server/services/retention/removable-builds";
import { removeBuildContent } from "~/server/services/retention/remove-build-content";
import { sweepBlobs } from "~/server/services/retention/sweep-blobs";
import { updateReleaseFiles } from "~/server/services/releases/update-release-files";
import { pushTestRelease, settleTestBuild, writeTestLog } from "../../factories/packages";
import { createTestUser, type TestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";

const DAY = 86_400_000;
const PACKAGE = () => `${ada.handle}/pkg-${crypto.randomUUID().slice(0, 8)}`;
let server: ApiServer;
let ada: TestUser;

beforeAll(async () => {
  server = await openApiServer();
  ada = await createTestUser({ services: server.services });
});
beforeEach(async () => {
  await server.services.database.db.package.deleteMany();
});
afterAll(() => server.close());

/** A build that ended so many days ago, with a log of two lines and one artifact. */
async function oldBuild(options: { releaseId: string; status: "successful" | "failed" | "cancelled"; days: number; artifact?: string; buildId?: string }): Promise<string> {
  const { services } = server;
  const { db } = services.database;
  const { createBuild } = await import("~/server/services/builds/create-build");
  const buildId =
    options.buildId ?? (await db.$transaction((tx) => createBuild({ context: services, tx, releaseId: options.releaseId, trigger: "rebuild", requestedBy: null, requestId: null }))).buildId;
  await writeTestLog({ services, buildId, lines: ["one", "two"] });
  await settleTestBuild({ services, buildId, status: options.status, artifacts: { "first/out.txt": { mediaType: "text/plain", content: options.artifact ?? buildId } } });
  await db.build.update({ where: { id: buildId }, data: { completedAt: new Date(Date.now() - options.days * DAY), logBytes: 8 } });
  return buildId;
}

async function contentOf(buildId: string): Promise<{ lines: number; artifacts: number; removed: boolean }> {
  const { db } = server.services.database;
  const [chunks, artifacts, build] = await Promise.all([db.logChunk.count({ where: { buildId } }), db.artifact.count({ where: { buildId } }), db.build.findUniqueOrThrow({ where: { id: buildId } })]);
  return { lines: chunks, artifacts, removed: build.contentRemovedAt !== null };
}

const KEPT = { lines: 1, artifacts: 1, removed: false };
const GONE = { lines: 0, artifacts: 0, removed: true };

async function removeOld(): Promise<number> {
  const context = server.services;
  const cutoff = cutoffOf({ context, now: Date.now() });
  if (cutoff === null) throw new Error("Retention is off.");
  return (await removeBuildContent({ context, cutoff, limit: Infinity })).builds;
}

/** As if it was stored so long ago. */
async function age(sha256: string, days: number): Promise<void> {
  const then = new Date(Date.now() - days * DAY);
  await utimes(path.join(server.blobDirectory, sha256.slice(0, 2), sha256.slice(2)), then, then);
}

const sweep = () => sweepBlobs({ context: server.services, now: Date.now() });
const isThere = async (sha256: string): Promise<boolean> => (await server.services.blobs.stat(sha256)) !== null;

describe("old builds", () => {
  it("lose log and artifacts when they failed or were superseded; the latest success and young ones keep them", async () => {
    const pushed = await pushTestRelease({ services: server.services, owner: ada, package: PACKAGE() });
    const { releaseId } = pushed;
    const superseded = await oldBuild({ releaseId, status: "successful", days: 50, buildId: pushed.buildId });
    const latest = await oldBuild({ releaseId, status: "successful", days: 45 });
    const failed = await oldBuild({ releaseId, status: "failed", days: 40 });
    const cancelled = await oldBuild({ releaseId, status: "cancelled", days: 35 });
    const young = await oldBuild({ releaseId, status: "failed", days: 20 });
    const plan = await planRetention({ context: server.services });
    expect(plan.builds.map((build) => build.build_id).sort()).toEqual([superseded, failed, cancelled].sort());
    expect(plan.total).toMatchObject({ count: 3, log_bytes: 24, artifact_count: 3 });
    expect(await contentOf(superseded)).toEqual(KEPT);

    expect(await removeOld()).toBe(3);
    for (const buildId of [superseded, failed, cancelled]) expect(await contentOf(buildId)).toEqual(GONE);
    for (const buildId of [latest, young]) expect(await contentOf(buildId)).toEqual(KEPT);
    expect(await removeOld()).toBe(0);

    const { token } = await ada.token();
    const gone = await server.ask(`/api/v1/builds/${failed}`, { token });
    expect(gone.json).toMatchObject({ status: "failed", content_removed_at: expect.any(String), artifacts: [], logs_preview: [], log: { lines: 2 } });
    expect(gone.json.stages.map((stage: { key: string; log_lines: number }) => [stage.key, stage.log_lines])).toEqual([["first", 0], ["second", 0], ["third", 0]]);
    expect((await server.ask(`/api/v1/builds/${failed}/logs?limit=10`, { token })).json).toMatchObject({ logs: [], next_after_id: null, total: 0 });
    expect((await server.ask(`/api/v1/builds/${latest}`, { token })).json).toMatchObject({ content_removed_at: null });
    expect((await server.ask(`/api/v1/builds/${failed}/logs`, { token, headers: { accept: "text/plain" } })).json).toMatchObject({ code: "not_found", detail: expect.stringContaining("Retention removed") });
  });

  it("are left alone while they run, for ever when it is switched off, and when a kept build reused their result", async () => {
    const { services } = server;
    const { db } = services.database;
    const running = await pushTestRelease({ services, owner: ada, package: PACKAGE() });
    await db.build.update({ where: { id: running.buildId }, data: { status: "building", createdAt: new Date(Date.now() - 90 * DAY) } });
    const source = await oldBuild({ releaseId: running.releaseId, status: "successful", days: 80 });
    const middle = await oldBuild({ releaseId: running.releaseId, status: "successful", days: 70 });
    const latest = await oldBuild({ releaseId: running.releaseId, status: "successful", days: 60 });
    const stageOf = async (buildId: string) => (await db.buildStage.findUniqueOrThrow({ where: { buildId_key: { buildId, key: "first" } } })).id;
    await db.buildStage.update({ where: { id: await stageOf(latest) }, data: { cached: true, cachedFromId: await stageOf(source) } });

    expect((await planRetention({ context: { ...services, limits: { ...services.limits, retentionDays: 0 } } })).total.count).toBe(0);
    expect(await removeOld()).toBe(1);
    expect(await contentOf(middle)).toEqual(GONE);
    for (const buildId of [source, latest]) expect(await contentOf(buildId)).toEqual(KEPT);
    expect((await contentOf(running.buildId)).removed).toBe(false);
  });

  it("are removed whole or not at all: a fault in the middle leaves the rest for the next time", async () => {
    const { services } = server;
    const { pool } = services.database;
    const pushed = await pushTestRelease({ services, owner: ada, package: PACKAGE() });
    const builds = [await oldBuild({ releaseId: pushed.releaseId, status: "failed", days: 50, buildId: pushed.buildId })];
    for (let index = 0; index < 3; index += 1) builds.push(await oldBuild({ releaseId: pushed.releaseId, status: "failed", days: 40 }));
    builds.sort();
    // The third's artifacts can't be deleted: by then its log is, in the same transaction.
    await pool.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF OLD.build_id = '${builds[2]}' THEN RAISE EXCEPTION 'broken on purpose'; END IF; RETURN OLD; END $$`);
    await pool.query("CREATE TRIGGER refuse BEFORE DELETE ON artifact FOR EACH ROW EXECUTE FUNCTION refuse()");
    await expect(removeOld()).rejects.toThrow("broken on purpose");
    expect(await Promise.all(builds.map(contentOf))).toEqual([GONE, GONE, KEPT, KEPT]);
    await pool.query("DROP TRIGGER refuse ON artifact; DROP FUNCTION refuse");
    expect(await removeOld()).toBe(2);
    expect(await Promise.all(builds.map(contentOf))).toEqual([GONE, GONE, GONE, GONE]);
  });

  it("are no source of a result any more", async () => {
    const { services } = server;
    const { db } = services.database;
    const pushed = await pushTestRelease({ services, owner: ada, package: PACKAGE() });
    const old = await oldBuild({ releaseId: pushed.releaseId, status: "successful", days: 50, buildId: pushed.buildId });
    await db.buildStage.update({ where: { buildId_key: { buildId: old, key: "first" } }, data: { fingerprint: "f".repeat(64) } });
    const find = () => findReusableResult({ context: services, workspaceId: ada.workspaceId, kind: "project", key: "first", fingerprint: "f".repeat(64) });
    expect((await find())?.artifacts).toHaveLength(1);
    await oldBuild({ releaseId: pushed.releaseId, status: "successful", days: 40 });
    expect(await removeOld()).toBe(1);
    expect(await find()).toBeNull();
  });
});

describe("blobs", () => {
  it("go when nothing refers to them and their grace is over, and only then", async () => {
    const { services } = server;
    const pushed = await pushTestRelease({ services, owner: ada, package: PACKAGE(), files: { "first.sh": `echo ${crypto.randomUUID()}` } });
    const file = await services.database.db.releaseFile.findFirstOrThrow({ where: { releaseId: pushed.releaseId } });
    const release = await services.database.db.release.findUniqueOrThrow({ where: { id: pushed.releaseId } });
    const orphan = (await services.blobs.put(Buffer.from(crypto.randomUUID()))).sha256;
    const fresh = (await services.blobs.put(Buffer.from(crypto.randomUUID()))).sha256;
    for (const sha256 of [file.sha256, release.filesDigest, orphan]) await age(sha256, 3);
    const before = await planRetention({ context: services });
    expect(before.blobs.count).toBeGreaterThanOrEqual(1);
    expect(await isThere(orphan)).toBe(true);
    await sweep();
    expect(await Promise.all([file.sha256, release.filesDigest, orphan, fresh].map(isThere))).toEqual([true, true, false, true]);

    // The package goes, and with it whatever referred to them.
    await services.database.db.package.deleteMany();
    await sweep();
    expect(await Promise.all([file.sha256, release.filesDigest, fresh].map(isThere))).toEqual([false, false, true]);
    expect(await services.database.db.blob.count({ where: { sha256: file.sha256 } })).toBe(0);
  });

  it("stay while a build that ran on a release's former files may still need them", async () => {
    const { services } = server;
    const pushed = await pushTestRelease({ services, owner: ada, package: PACKAGE(), files: { "first.sh": `echo ${crypto.randomUUID()}`, "second.sh": "echo 2" } });
    const former = await services.database.db.releaseFile.findFirstOrThrow({ where: { releaseId: pushed.releaseId, path: "first.sh" } });
    await updateReleaseFiles({ context: services, actor: ada.actor, releaseId: pushed.releaseId, upsert: [], remove: ["first.sh"], requestId: null });
    await age(former.sha256, 3);
    await sweep();
    expect(await isThere(former.sha256)).toBe(true);
    await services.database.db.build.update({ where: { id: pushed.buildId }, data: { contentRemovedAt: new Date() } });
    await sweep();
    expect(await isThere(former.sha256)).toBe(false);
  });

  it("that a cached result is about to use are kept from the moment it was found", async () => {
    const { services } = server;
    const { db } = services.database;
    const pushed = await pushTestRelease({ services, owner: ada, package: PACKAGE() });
    await oldBuild({ releaseId: pushed.releaseId, status: "successful", days: 50, buildId: pushed.buildId, artifact: "to be reused" });
    const sha256 = sha256Hex("to be reused");
    await age(sha256, 50);
    await db.buildStage.update({ where: { buildId_key: { buildId: pushed.buildId, key: "first" } }, data: { fingerprint: "e".repeat(64) } });
    expect(await findReusableResult({ context: services, workspaceId: ada.workspaceId, kind: "project", key: "first", fingerprint: "e".repeat(64) })).not.toBeNull();
    // Before the stage that found it has settled, its source goes.
    await db.artifact.deleteMany({ where: { sha256 } });
    await sweep();
    expect(await isThere(sha256)).toBe(true);
  });

  it("are not lost to pushes at the same moment", async () => {
    const { services } = server;
    for (let round = 0; round < 25; round += 1) {
      const content = `raced ${round} ${crypto.randomUUID()}`;
      const { sha256 } = await services.blobs.put(Buffer.from(content));
      await age(sha256, 3);
      const [pushed] = await Promise.all([
        pushTestRelease({ services, owner: ada, package: PACKAGE(), files: { "first.sh": content } }),
        sweep(),
        sweep(),
      ]);
      const files = await services.database.db.releaseFile.findMany({ where: { releaseId: pushed.releaseId } });
      expect(files.map((file) => file.sha256)).toEqual([sha256]);
      await sweep();
      expect(Buffer.from(await services.blobs.get(sha256)).toString()).toBe(content);
    }
  });

  it("that a sweep took out of sight before it died come back", async () => {
    const { services } = server;
    const pushed = await pushTestRelease({ services, owner: ada, package: PACKAGE(), files: { "first.sh": `echo ${crypto.randomUUID()}` } });
    const file = await services.database.db.releaseFile.findFirstOrThrow({ where: { releaseId: pushed.releaseId } });
    const since = new Date(Date.now() + DAY);
    const broken = services.blobs.removeUnused({ blobs: [{ sha256: file.sha256, size: file.size }], since, findReferenced: () => Promise.reject(new Error("the database is away")) });
    await expect(broken).rejects.toThrow("away");
    expect(await isThere(file.sha256)).toBe(true);
    // Killed: nobody put it back.
    const aside = path.join(server.blobDirectory, "removing", file.sha256);
    await mkdir(path.dirname(aside), { recursive: true });
    await rename(path.join(server.blobDirectory, file.sha256.slice(0, 2), file.sha256.slice(2)), aside);
    expect(await isThere(file.sha256)).toBe(false);
    await sweep();
    expect(await isThere(file.sha256)).toBe(true);
  });

  it("and all else lie untouched while somebody asks what would go", async () => {
    const { services } = server;
    const old = new Date(Date.now() - 3 * DAY);
    const sha256 = sha256Hex(crypto.randomUUID());
    const left = [path.join(server.blobDirectory, "removing", sha256), path.join(server.blobDirectory, "incoming", crypto.randomUUID())];
    for (const file of left) {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, "x");
      await utimes(file, old, old);
    }
    await planRetention({ context: services });
    for (const file of left) expect((await stat(file)).mtimeMs).toBe(old.getTime());
    expect(await isThere(sha256)).toBe(false);
    await sweep();
    for (const file of left) await expect(stat(file)).rejects.toThrow("ENOENT");
    expect(await isThere(sha256)).toBe(true);
  });
});

it("what would go is told to admins alone", async () => {
  const admin = await createTestUser({ services: server.services, role: "admin" });
  const ask = async (user: TestUser, scopes: readonly ("builds:read" | "admin")[]) => server.ask("/api/v1/admin/retention", { token: (await user.token(scopes)).token });
  expect((await server.ask("/api/v1/admin/retention")).status).toBe(401);
  expect((await ask(ada, ["builds:read"])).status).toBe(403);
  expect((await ask(admin, ["builds:read"])).status).toBe(403);
  const plan = await ask(admin, ["admin"]);
  expect(plan.status).toBe(200);
  expect(plan.json).toMatchObject({ retention_days: 30, grace_hours: 24, total: { count: 0 }, builds: [], expired: { sessions: 0 } });
});
