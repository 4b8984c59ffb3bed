/** What lists read of a database with many builds: told by the plans' own counts of rows, not by a clock. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Actor } from "~/domain/actor";
import type { BuildFilter } from "~/server/api/schemas/build-requests";
import { getBuild } from "~/server/services/builds/get-build";
import { listBuilds } from "~/server/services/builds/list-builds";
import { seedBuilds } from "../../../scripts/db/seed-builds";
import { openApiServer, type ApiServer } from "../../support/api-server";
import { countRowsRead } from "../../support/count-rows-read";

const BUILDS = 30_000;
const DAY = 86_400_000;
/** Far from all builds, far above what a page needs. */
const FEW = 4_000;

let server: ApiServer;
let member: Actor;
let admin: Actor;

beforeAll(async () => {
  server = await openApiServer();
  const { pool } = server.services.database;
  const [first] = await seedBuilds({ pool, builds: BUILDS, users: 10, packagesPerUser: 10 });
  if (first === undefined) throw new Error("Nobody was seeded.");
  member = { userId: first.userId, handle: first.handle, name: "", email: "", image: null, role: "user", via: "session", scopes: [] };
  admin = { ...member, role: "admin" };
});
afterAll(() => server.close());

async function countRead({ actor, filter }: { actor: Actor; filter: BuildFilter }): Promise<{ read: number; found: number; total: number }> {
  const { read, result } = await countRowsRead({ database: server.services.database, table: "build", work: (database) => listBuilds({ context: { database }, actor, filter, paging: { limit: 30 } }) });
  return { read, found: result.count, total: result.total };
}

const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString();

it.each<[string, BuildFilter, { total?: number }]>([
  ["of old times", { created_before: ago(355) }, {}],
  ["of a few days in between", { created_after: ago(202), created_before: ago(200) }, {}],
  ["of times in which there was nothing", { created_after: "2001-01-01T00:00:00Z", created_before: "2002-01-01T00:00:00Z" }, { total: 0 }],
  ["failed in a few days in between", { status: ["failed"], created_after: ago(202), created_before: ago(200) }, {}],
  ["of a trigger that hardly ever was", { trigger: "rebuild" }, { total: 0 }],
  ["with a text that is nowhere", { q: "nowhere-to-be-found" }, { total: 0 }],
  ["whose id begins so", { q: "build_01ZZZZZZZZ" }, { total: 0 }],
])("reads few builds to list those %s", async (_, filter, expected) => {
  for (const actor of [member, admin]) {
    const { read, found, total } = await countRead({ actor, filter });
    if (expected.total === 0) expect({ found, total }).toEqual({ found: 0, total: 0 });
    else expect(found).toBeGreaterThan(0);
    // Errors are looked for in the failed builds, a tenth of all.
    expect(read).toBeLessThan(filter.q === undefined ? FEW : BUILDS / 10 + FEW);
  }
});

it("counts what passes a filter up to 10,000, and says that there is more; the cursor keeps it", async () => {
  const context = { database: server.services.database };
  const filter: BuildFilter = { trigger: "push" };
  const first = await listBuilds({ context, actor: admin, filter, paging: { limit: 2 } });
  expect(first).toMatchObject({ total: 10_000, total_exact: false });
  expect(await listBuilds({ context, actor: admin, filter, paging: { limit: 2, cursor: first.next_cursor } })).toMatchObject({ total: 10_000, total_exact: false, count: 2 });
  expect((await countRead({ actor: admin, filter })).read).toBeLessThan(10_000 + FEW);
  // The packages themselves tell how many there are in all.
  expect(await listBuilds({ context, actor: admin, filter: {}, paging: { limit: 2 } })).toMatchObject({ total: BUILDS, total_exact: true });
});

it("finds a text in packages, versions, errors and ids", async () => {
  const context = { database: server.services.database };
  const list = (actor: Actor, q: string) => listBuilds({ context, actor, filter: { q }, paging: { limit: 3 } });
  const [newest] = (await listBuilds({ context, actor: member, filter: {}, paging: { limit: 1 } })).builds;
  if (newest === undefined) throw new Error("There is no build.");
  expect((await list(member, "BOARD-3")).builds.map((build) => build.package)).toEqual(Array.from({ length: 3 }, () => `${member.handle}/board-3`));
  expect((await list(member, "1.4")).builds.every((build) => build.version === "1.4.0")).toBe(true);
  expect((await list(member, "imports \"./part\"")).builds.every((build) => build.status === "failed")).toBe(true);
  for (const q of [newest.build_id, newest.build_id.toLowerCase(), newest.build_id.slice(6), newest.build_id.slice(0, 20)]) expect((await list(member, q)).builds.map((build) => build.build_id)).toContain(newest.build_id);
  expect((await list(member, "#7")).builds.every((build) => build.number === 7)).toBe(true);
});

it("reaches 10,000 rows by page and offset, and names the cursor for the rest", async () => {
  const context = { database: server.services.database };
  const list = (paging: { page?: number; page_size?: number; offset?: number }) => listBuilds({ context, actor: admin, filter: {}, paging });
  expect((await list({ offset: 10_000 })).count).toBe(30);
  await expect(list({ offset: 10_001 })).rejects.toMatchObject({ code: "validation_failed", fields: [{ path: "offset" }] });
  await expect(list({ page: 102, page_size: 100 })).rejects.toMatchObject({ code: "validation_failed", fields: [{ path: "page" }] });
});

it("reads the newest chunks of a log for a build's answer, however many there are", async () => {
  const { database } = server.services;
  const [newest] = (await listBuilds({ context: { database }, actor: member, filter: {}, paging: { limit: 1 } })).builds;
  const build = { build_id: newest?.build_id ?? "none" };
  await database.pool.query("DELETE FROM log_chunk WHERE build_id = $1", [build.build_id]);
  await database.pool.query(
    `INSERT INTO log_chunk (build_id, first_line, first_stage_line, first_event_id, line_count, stage_key, attempt, stream, body)
     SELECT $1, 2 * n - 1, 2 * n - 1, 2 * n, 2, 'transpilation', 1, 'stdout', 'line ' || 2 * n - 1 || chr(10) || 'line ' || 2 * n FROM generate_series(1, 5000) n`,
    [build.build_id],
  );
  await database.pool.query("UPDATE build SET last_line = 10000, last_event_id = 10001 WHERE id = $1", [build.build_id]);
  const read = (tail: number) => countRowsRead({ database, table: "log_chunk", work: (recorded) => getBuild({ context: { ...server.services, database: recorded }, actor: member, build, tail }) });
  const { read: rows, result } = await read(5);
  // The first of them begins in the middle of a chunk.
  expect(result.logs_preview.map((line) => line.message)).toEqual([9_996, 9_997, 9_998, 9_999, 10_000].map((line) => `line ${line}`));
  expect(rows).toBeLessThan(20);
  expect((await read(0)).result.logs_preview).toEqual([]);
});
