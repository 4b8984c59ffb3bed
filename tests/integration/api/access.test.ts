import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestPackage, pushTestRelease, settleTestBuild } from "../../factories/packages";
import { addMember, createTestUser, type TestUser } from "../../factories/users";
import { openApiServer, type ApiServer, type AskOptions } from "../../support/api-server";

let server: ApiServer;
let owner: TestUser;
let callers: Record<Caller, AskOptions>;
let target: { package: string; releaseId: string; buildId: string };

const CALLERS = ["owner", "member", "viewer", "outsider", "anonymous", "reader", "admin", "modest admin"] as const;
type Caller = (typeof CALLERS)[number];

beforeAll(async () => {
  server = await openApiServer();
  const { services } = server;
  owner = await createTestUser({ services });
  const [member, viewer, outsider, admin] = [
    await createTestUser({ services }),
    await createTestUser({ services }),
    await createTestUser({ services }),
    await createTestUser({ services, role: "admin" }),
  ];
  await addMember({ services, workspaceId: owner.workspaceId, user: member, role: "member" });
  await addMember({ services, workspaceId: owner.workspaceId, user: viewer, role: "viewer" });
  callers = {
    owner: { cookie: (await owner.cookie()).cookie },
    member: { token: (await member.token()).token },
    viewer: { token: (await viewer.token()).token },
    outsider: { token: (await outsider.token()).token },
    anonymous: {},
    // The owner's own token, but for reading alone.
    reader: { token: (await owner.token(["builds:read"])).token },
    admin: { token: (await admin.token(["admin"])).token },
    // An admin's token without the scope admin acts as a plain user.
    "modest admin": { token: (await admin.token(["builds:write"])).token },
  };
});
afterAll(() => server.close());

/** What each caller is answered; `ok` stands for a success. */
type Expected = Record<Caller, "ok" | 401 | 403 | 404>;
const reads: Expected = { owner: "ok", member: "ok", viewer: "ok", outsider: 404, anonymous: 404, reader: "ok", admin: "ok", "modest admin": 404 };
const writes: Expected = { owner: "ok", member: "ok", viewer: 403, outsider: 404, anonymous: 401, reader: 403, admin: "ok", "modest admin": 404 };

interface Action {
  title: string;
  method: string;
  path: () => string;
  json?: () => unknown;
  expected: Expected;
  /** Ends the build first, where the action needs that. */
  settled?: boolean;
}

const ACTIONS: Action[] = [
  { title: "see the package", method: "GET", path: () => `/api/v1/packages/${target.package}`, expected: reads },
  { title: "list its releases", method: "GET", path: () => `/api/v1/packages/${target.package}/releases`, expected: reads },
  { title: "see the release", method: "GET", path: () => `/api/v1/releases/${target.releaseId}`, expected: reads },
  { title: "download its files", method: "GET", path: () => `/api/v1/releases/${target.releaseId}/files.zip`, expected: reads },
  { title: "see the build", method: "GET", path: () => `/api/v1/builds/${target.buildId}`, expected: reads },
  { title: "read its log", method: "GET", path: () => `/api/v1/builds/${target.buildId}/logs`, expected: reads },
  { title: "list its artifacts", method: "GET", path: () => `/api/v1/builds/${target.buildId}/artifacts`, expected: reads },
  { title: "follow its events", method: "GET", path: () => `/api/v1/builds/${target.buildId}/events?after_id=1`, expected: reads, settled: true },
  { title: "change the package", method: "PATCH", path: () => `/api/v1/packages/${target.package}`, json: () => ({ description: "changed" }), expected: writes },
  { title: "push a release", method: "POST", path: () => `/api/v1/packages/${target.package}/releases`, json: () => ({ files: [{ path: "first.sh", content: "new" }] }), expected: writes },
  { title: "push files", method: "POST", path: () => "/api/v1/builds", json: () => ({ kind: "project", package: target.package, files: [{ path: "first.sh", content: "new" }] }), expected: writes },
  { title: "build the release", method: "POST", path: () => "/api/v1/builds", json: () => ({ release_id: target.releaseId }), expected: writes },
  { title: "change files", method: "PUT", path: () => `/api/v1/releases/${target.releaseId}/files`, json: () => ({ upsert: [{ path: "first.sh", content: "new" }] }), expected: writes },
  { title: "lock the release", method: "PATCH", path: () => `/api/v1/releases/${target.releaseId}`, json: () => ({ locked: true }), expected: writes },
  { title: "cancel the build", method: "DELETE", path: () => `/api/v1/builds/${target.buildId}`, expected: writes },
  { title: "rebuild it", method: "POST", path: () => `/api/v1/builds/${target.buildId}/rebuild`, json: () => ({ mode: "all" }), expected: writes, settled: true },
  { title: "delete the package", method: "DELETE", path: () => `/api/v1/packages/${target.package}`, expected: writes, settled: true },
];

/** Everything about the package that an action could change. */
async function snapshot(): Promise<string> {
  const { db } = server.services.database;
  const [workspace, name] = target.package.split("/");
  const rows = await db.package.findFirst({
    where: { name, workspace: { slug: workspace } },
    include: { releases: { include: { files: { orderBy: { path: "asc" } }, stages: { orderBy: { key: "asc" } } } }, builds: { include: { stages: { orderBy: { key: "asc" } } } } },
  });
  return JSON.stringify(rows, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value));
}

describe("in somebody's private package", () => {
  beforeEach(async () => {
    target = await pushTestRelease({ services: server.services, owner });
  });

  for (const action of ACTIONS) {
    it.each(CALLERS)(`${action.title}: %s`, async (caller) => {
      if (action.settled === true) await settleTestBuild({ services: server.services, buildId: target.buildId });
      const before = await snapshot();
      const expected = action.expected[caller];
      const answer = await server.ask(action.path(), { ...callers[caller], method: action.method, json: action.json?.() });
      if (expected === "ok") {
        expect(answer.status).toBeLessThan(300);
        if (action.expected === writes) expect(await snapshot()).not.toBe(before);
      } else {
        expect(answer.status).toBe(expected);
        expect(await snapshot()).toBe(before);
      }
    });
  }

  it("lists hold nothing for those who may not see it", async () => {
    for (const caller of CALLERS) {
      const sees = reads[caller] === "ok";
      const found = await server.ask(`/api/v1/builds?package=${target.package}`, callers[caller]);
      expect([caller, found.json.total]).toEqual([caller, sees ? 1 : 0]);
      const packages = await server.ask(`/api/v1/packages?workspace=${owner.handle}&limit=100`, callers[caller]);
      expect([caller, packages.json.packages.some((each: { package: string }) => each.package === target.package)]).toEqual([caller, sees]);
    }
  });
});

describe("in somebody's public package", () => {
  it("all may look, and only members may write", async () => {
    const { services } = server;
    const { row, name } = await createTestPackage({ services, owner, visibility: "public" });
    const { buildId } = await pushTestRelease({ services, owner, package: name });
    for (const caller of ["anonymous", "outsider"] as const) {
      const build = await server.ask(`/api/v1/builds/${buildId}`, callers[caller]);
      expect([caller, build.status, build.json.can_write]).toEqual([caller, 200, false]);
      expect((await server.ask(`/api/v1/packages/${name}`, callers[caller])).status).toBe(200);
    }
    expect((await server.ask(`/api/v1/builds/${buildId}`, { ...callers.outsider, method: "DELETE" })).status).toBe(403);
    expect((await server.ask(`/api/v1/packages/${name}`, { ...callers.outsider, method: "PATCH", json: { visibility: "private" } })).status).toBe(403);
    expect((await services.database.db.package.findUniqueOrThrow({ where: { id: row.id } })).visibility).toBe("public");
    expect((await services.database.db.build.findUniqueOrThrow({ where: { id: buildId } })).status).toBe("pending");
  });
});

describe("in a workspace", () => {
  it.each([["outsider", 404], ["viewer", 403], ["reader", 403], ["anonymous", 401], ["member", 201]] as const)("making a package: %s", async (caller, status) => {
    const name = `made-by-${caller}`;
    const answer = await server.ask("/api/v1/packages", { ...callers[caller], json: { package: `${owner.handle}/${name}`, kind: "project" } });
    expect(answer.status).toBe(status);
    expect(await server.services.database.db.package.count({ where: { name, workspaceId: owner.workspaceId } })).toBe(status === 201 ? 1 : 0);
  });

  it.each([["outsider", 404], ["viewer", 403]] as const)("pushing files to a package that is not there: %s", async (caller, status) => {
    const name = `pushed-by-${caller}`;
    const json = { kind: "project", package: `${owner.handle}/${name}`, files: [{ path: "first.sh", content: "" }] };
    expect((await server.ask("/api/v1/builds", { ...callers[caller], json })).status).toBe(status);
    expect(await server.services.database.db.package.count({ where: { name } })).toBe(0);
  });

  it("is seen by its members alone", async () => {
    expect((await server.ask(`/api/v1/workspaces/${owner.handle}`, callers.outsider)).status).toBe(404);
    const seen = await server.ask(`/api/v1/workspaces/${owner.handle}`, callers.viewer);
    expect(seen.json).toMatchObject({ slug: owner.handle, role: "viewer", personal: true });
    expect(seen.json.members).toHaveLength(3);
  });
});
