import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestPackage, pushTestRelease, settleTestBuild } from "../../factories/packages";
import { createTestUser, type TestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";

let server: ApiServer;
let ada: TestUser;
let token: string;

beforeAll(async () => {
  server = await openApiServer();
  ada = await createTestUser({ services: server.services });
  token = (await ada.token()).token;
});
afterAll(() => server.close());

async function pushMany(name: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    ids.push((await pushTestRelease({ services: server.services, owner: ada, package: `${ada.handle}/${name}`, files: { "first.sh": `echo ${index}` } })).buildId);
  }
  return ids;
}

interface Page {
  builds: { build_id: string }[];
  count: number;
  total: number;
  next_cursor: string | null;
}

const list = async (query: string): Promise<Page> => (await server.ask(`/api/v1/builds?${query}`, { token })).json;
const idsOf = (page: Page): string[] => page.builds.map((build) => build.build_id);

describe("paging", () => {
  it("goes through everything by each way, newest first", async () => {
    const newestFirst = (await pushMany("paged", 7)).reverse();
    const only = `package=${ada.handle}/paged`;
    expect(await list(`${only}&page=1&page_size=3`)).toMatchObject({ count: 3, total: 7, page: 1, page_size: 3 });
    const byPage = [await list(`${only}&page=1&page_size=3`), await list(`${only}&page=2&page_size=3`), await list(`${only}&page=3&page_size=3`)];
    expect(byPage.flatMap(idsOf)).toEqual(newestFirst);
    const byOffset = [await list(`${only}&limit=4`), await list(`${only}&limit=4&offset=4`)];
    expect(byOffset.flatMap(idsOf)).toEqual(newestFirst);
    expect(byOffset[1]).toMatchObject({ count: 3, total: 7, limit: 4, offset: 4, next_cursor: null });
    expect(idsOf(await list(`${only}&page=9&page_size=3`))).toEqual([]);
  });

  it("by cursor neither repeats nor leaves out a row while others are added and removed", async () => {
    const before = (await pushMany("moving", 6)).reverse();
    const only = `package=${ada.handle}/moving&limit=2`;
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let round = 0; round < 10; round += 1) {
      const page: Page = await list(cursor === null ? only : `${only}&cursor=${cursor}`);
      seen.push(...idsOf(page));
      expect(page.total).toBe(6);
      cursor = page.next_cursor;
      if (cursor === null) break;
      await pushMany("moving", 1);
    }
    expect(seen).toEqual(before);
  });

  it("works alike for packages and releases", async () => {
    const bob = await createTestUser({ services: server.services });
    for (const name of ["a", "b", "c"]) await createTestPackage({ services: server.services, owner: bob, name });
    const bobs = (await bob.token()).token;
    const first = await server.ask("/api/v1/packages?limit=2", { token: bobs });
    expect(first.json).toMatchObject({ count: 2, total: 3, packages: [{ name: "c", owner: { handle: bob.handle } }, { name: "b" }] });
    const second = await server.ask(`/api/v1/packages?limit=2&cursor=${first.json.next_cursor}`, { token: bobs });
    expect(second.json).toMatchObject({ count: 1, total: 3, next_cursor: null, packages: [{ name: "a" }] });
    await pushMany("released", 3);
    const releases = await server.ask(`/api/v1/packages/${ada.handle}/released/releases?limit=2`, { token });
    expect(releases.json.releases.map((release: { version: string; is_latest: boolean }) => [release.version, release.is_latest])).toEqual([["0.1.2", true], ["0.1.1", false]]);
    const more = await server.ask(`/api/v1/packages/${ada.handle}/released/releases?limit=2&cursor=${releases.json.next_cursor}`, { token });
    expect(more.json.releases.map((release: { version: string }) => release.version)).toEqual(["0.1.0"]);
  });
});

describe("filters of builds", () => {
  it("find by every field, alone and together", async () => {
    const { services } = server;
    const bob = await createTestUser({ services });
    const as = (await bob.token()).token;
    const push = async (name: string, body: object) => {
      const answer = await server.ask("/api/v1/builds", { token: as, json: { kind: "project", package: `${bob.handle}/${name}`, files: [{ path: "first.sh", content: "echo" }], ...body } });
      return { buildId: String(answer.json.build_id), releaseId: String(answer.json.release_id) };
    };
    const red = await push("red", { labels: { third_party_id: "tp-9", parser_id: "p-1", "team/name": "core" }, ref: "main", commit_sha: "abc1234" });
    const blue = await push("blue", { labels: { third_party_id: "tp-9" }, ref: "dev" });
    const green = await push("green", { version: "3.1.4" });
    await settleTestBuild({ services, buildId: red.buildId, status: "failed", error: { code: "syntax_error", message: "Unexpected 100% token in index_1.tsx" } });
    await settleTestBuild({ services, buildId: blue.buildId });
    const { createdAt } = await services.database.db.build.findUniqueOrThrow({ where: { id: blue.buildId } });
    const time = encodeURIComponent(createdAt.toISOString());

    const cases: [string, { buildId: string }[]][] = [
      ["status=failed", [red]],
      ["status=pending", [green]],
      ["status=queued", [green]],
      ["status=completed,failed", [blue, red]],
      ["status=failed&status=succeeded", [blue, red]],
      ["status=running", []],
      ["kind=project", [green, blue, red]],
      ["kind=circuit", []],
      ["trigger=api", [green, blue, red]],
      ["trigger=push", []],
      ["ref=main", [red]],
      [`release_id=${green.releaseId}`, [green]],
      [`package=${bob.handle}/blue`, [blue]],
      ["third_party_id=tp-9", [blue, red]],
      ["third_party_id=tp-9&parser_id=p-1", [red]],
      ["label.team/name=core", [red]],
      ["label.third_party_id=tp-9&label.parser_id=p-2", []],
      ["q=3.1.4", [green]],
      ["q=abc12", [red]],
      ["q=TOKEN%20in", [red]],
      ["q=100%25%20t", [red]],
      ["q=1_t", []],
      ["q=%231", [green, blue, red]],
      ["q=%232", []],
      [`q=${green.buildId}`, [green]],
      [`created_after=${time}`, [green]],
      [`created_before=${time}`, [red]],
    ];
    for (const [query, expected] of cases) {
      const answer = await server.ask(`/api/v1/builds?workspace=${bob.handle}&${query}`, { token: as });
      expect([query, answer.json.builds?.map((build: { build_id: string }) => build.build_id), answer.json.total]).toEqual([query, expected.map(({ buildId }) => buildId), expected.length]);
    }
  });
});

describe("what a build tells", () => {
  it("compares with the last green one, counts the days and estimates from the past", async () => {
    const { services } = server;
    const name = `${ada.handle}/compared`;
    const green = await pushTestRelease({ services, owner: ada, package: name, files: { "first.sh": "1", "gone.txt": "x", "same.txt": "s" } });
    const { caller } = await server.callAs({ authorization: `Bearer ${token}` });
    expect(await caller.builds.compareWithGreen({ build_id: green.buildId })).toEqual({ base: null, files: [], toolchain: [], artifacts: [] });
    const svg = (content: string) => ({ mediaType: "image/svg+xml", content });
    await settleTestBuild({ services, buildId: green.buildId, durationMs: 3_000, artifacts: { "pcb.svg": svg("a"), "old.svg": svg("o"), "same.svg": svg("s") }, toolchain: { sh: "1", tool: "1.0" } });
    const red = await pushTestRelease({ services, owner: ada, package: name, files: { "first.sh": "2", "new.txt": "n", "same.txt": "s" } });
    await settleTestBuild({ services, buildId: red.buildId, status: "failed", artifacts: { "pcb.svg": svg("b"), "new.svg": svg("n"), "same.svg": svg("s") }, toolchain: { sh: "1", tool: "2.0" } });
    expect(await caller.builds.compareWithGreen({ build_id: red.buildId })).toEqual({
      base: { build_id: green.buildId, number: 1 },
      files: [{ path: "first.sh", change: "changed" }, { path: "gone.txt", change: "removed" }, { path: "new.txt", change: "added" }],
      toolchain: [{ name: "tool", from: "1.0", to: "2.0" }],
      artifacts: [{ name: "new.svg", change: "added" }, { name: "old.svg", change: "removed" }, { name: "pcb.svg", change: "changed" }],
    });

    const view = await caller.packages.get({ package: name });
    expect(view).toMatchObject({ release_count: 2, build_count: 2, preview_url: `/api/v1/builds/${green.buildId}/artifacts/pcb.svg`, latest_build: { build_id: red.buildId, status: "failed" } });
    const pending = await pushTestRelease({ services, owner: ada, package: name });
    expect((await caller.builds.get({ package: name, number: pending.number })).estimated_duration_ms).toBe(3_000);
    const newcomer = await createTestUser({ services });
    const first = await pushTestRelease({ services, owner: newcomer });
    const theirs = await server.callAs({ authorization: `Bearer ${(await newcomer.token()).token}` });
    // Nothing of their own to go by: the installation has built others of the kind.
    expect((await theirs.caller.builds.get({ build_id: first.buildId })).estimated_duration_ms).toEqual(expect.any(Number));

    const { days } = await caller.builds.activity({ workspace: ada.handle });
    expect(days).toHaveLength(14);
    const sum = (key: "successful" | "failed") => days.reduce((total, day) => total + day[key], 0);
    expect([sum("successful"), sum("failed")]).toEqual([1, 1]);
    expect(days.map((day) => day.date)).toEqual([...days.map((day) => day.date)].sort());
  });

  it("says who is ahead in the queue", async () => {
    const { services } = server;
    const first = await pushTestRelease({ services, owner: ada });
    const second = await pushTestRelease({ services, owner: ada });
    const { caller } = await server.callAs({ authorization: `Bearer ${token}` });
    const position = async (buildId: string) => (await caller.builds.get({ build_id: buildId })).queue?.position ?? 0;
    expect((await position(second.buildId)) - (await position(first.buildId))).toBe(1);
    await settleTestBuild({ services, buildId: first.buildId });
    expect((await caller.builds.get({ build_id: first.buildId })).queue).toBeNull();
    await services.database.db.worker.create({ data: { id: "wrk_test", hostname: "here", pid: 1, pidStart: "1", slots: 500, isolation: "sandboxed" } });
    expect((await caller.builds.get({ build_id: second.buildId })).queue).toMatchObject({ estimated_start_ms: 0, ahead: expect.stringContaining("ahead") });
    expect((await caller.me.get()).isolation).toBe("sandboxed");
  });
});
