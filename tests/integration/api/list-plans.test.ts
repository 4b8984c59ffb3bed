/** What lists read of a database with many builds: told by the plans' own counts of rows, not by a clock. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import type { Actor } from "~/domain/actor";
import type { BuildFilter } from "~/server/api/schemas/build-requests";
import type { Database } from "~/server/db/client";
import { listBuilds } from "~/server/services/builds/list-builds";
import { seedBuilds } from "../../../scripts/db/seed-builds";
import { openApiServer, type ApiServer } from "../../support/api-server";

const BUILDS = 30_000;
const DAY = 86_400_000;
/** Far from all builds, far above what a page needs. */
const FEW = 4_000;

interface PlanNode {
  "Node Type": string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Relation Name"?: string;
  Plans?: PlanNode[];
}
const planNode: z.ZodType<PlanNode> = z.lazy(() =>
  z.looseObject({
    "Node Type": z.string(), "Actual Rows": z.number(), "Actual Loops": z.number(), "Rows Removed by Filter": z.number().optional(), "Relation Name": z.string().optional(), Plans: z.array(planNode).optional(),
  }),
);
const planRows = z.tuple([z.object({ "QUERY PLAN": z.tuple([z.looseObject({ Plan: planNode })]) })]);

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

/** Rows of builds that the statements of the list passed over, those that did not fit included. */
async function countRead(options: { actor: Actor; filter: BuildFilter }): Promise<{ read: number; found: number; total: number }> {
  const { pool } = server.services.database;
  const asked: { text: string; values: unknown[] }[] = [];
  const recording = new Proxy(pool, {
    get: (target, name) => {
      if (name !== "query") return Reflect.get(target, name, target);
      return (query: string | { text: string; values?: unknown[] }, values: unknown[] = []) => {
        asked.push(typeof query === "string" ? { text: query, values } : { text: query.text, values: query.values ?? [] });
        return typeof query === "string" ? target.query(query, values) : target.query(query);
      };
    },
  });
  const database: Database = { ...server.services.database, pool: recording };
  const page = await listBuilds({ context: { database }, ...options, paging: { limit: 30 } });
  let read = 0;
  for (const { text, values } of asked) {
    const { rows } = await pool.query(`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`, values);
    const waiting = [planRows.parse(rows)[0]["QUERY PLAN"][0].Plan];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      waiting.push(...(node.Plans ?? []));
      if (node["Relation Name"] === "build") read += (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"];
    }
  }
  return { read, found: page.count, total: page.total };
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
