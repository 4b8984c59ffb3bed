import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { recordEvent } from "~/server/services/builds/record-event";
import { pushTestRelease, writeTestLog } from "../../factories/packages";
import { createTestUser, type TestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";
import { openReading, type Reading } from "../../support/stream-clients";

let server: ApiServer;
let ada: TestUser;
let token: string;
const opened: Reading[] = [];

beforeAll(async () => {
  server = await openApiServer();
  ada = await createTestUser({ services: server.services });
  token = (await ada.token()).token;
});
afterEach(() => {
  for (const reading of opened.splice(0)) reading.close();
});
afterAll(() => server.close());

async function read(from: ApiServer, path: string, headers: Record<string, string> = {}): Promise<Reading> {
  const reading = await openReading({ url: from.url, path, headers: { authorization: `Bearer ${token}`, ...headers } });
  opened.push(reading);
  return reading;
}

const trpcPath = (procedure: string, input: unknown) => `/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`;
const datas = (text: string): { type: string; first_line?: number; lines?: string[]; event?: { id: number; type: string } }[] =>
  [...text.matchAll(/^data: (\{"type".*)$/gm)].map((match) => JSON.parse(match[1] ?? ""));

async function announce(buildId: string): Promise<void> {
  await server.services.database.db.$transaction((tx) =>
    recordEvent({ tx, buildId, workspaceId: ada.workspaceId, type: "build.step", stageKey: "first", payload: { status: "building", progress: 5 } }),
  );
}

describe("builds.onEvent", () => {
  it("tells what was and what comes, and resumes after the last id without a gap or a repeat", async () => {
    const { buildId } = await pushTestRelease({ services: server.services, owner: ada });
    await writeTestLog({ services: server.services, buildId, lines: ["one", "two"] });
    const live = await read(server, trpcPath("builds.onEvent", { build_id: buildId }));
    await live.until(/"lines":\["one","two"\]/);
    await writeTestLog({ services: server.services, buildId, lines: ["three"] });
    await announce(buildId);
    const text = await live.until(/"progress":5/);
    expect(datas(text).map((frame) => frame.lines ?? frame.event?.type)).toEqual(["build.created", ["one", "two"], ["three"], "build.step"]);
    expect([...text.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]))).toEqual([1, 3, 4, 5]);
    live.close();

    // In the middle of a frame: the rest of its lines, no more.
    const resumed = await read(server, trpcPath("builds.onEvent", { build_id: buildId }), { "last-event-id": "2" });
    const rest = await resumed.until(/"progress":5/);
    expect(datas(rest).map((frame) => frame.lines ?? frame.event?.type)).toEqual([["two"], ["three"], "build.step"]);
    expect(datas(rest)[0]).toMatchObject({ first_line: 2 });
    resumed.close();
  });

  it("ends after the build", async () => {
    const { buildId } = await pushTestRelease({ services: server.services, owner: ada });
    const live = await read(server, trpcPath("builds.onEvent", { build_id: buildId }));
    await live.until(/build\.created/);
    await server.ask(`/api/v1/builds/${buildId}`, { method: "DELETE", token });
    await live.until(/build\.completed/);
    // tRPC's own word for a stream that is over, so that the client does not come back.
    await live.until(/^event: return$/m);
  });

  it("is closed to who may not see the build", async () => {
    const bob = await createTestUser({ services: server.services });
    const { buildId } = await pushTestRelease({ services: server.services, owner: ada });
    const refused = await read(server, trpcPath("builds.onEvent", { build_id: buildId }), { authorization: `Bearer ${(await bob.token()).token}` });
    const { text } = await refused.ended();
    expect(text).toContain('"app_code":"not_found"');
    expect(text).not.toContain("build.created");
  });
});

describe("builds.onChange", () => {
  it("tells of builds that are created or change, to those who may see them", async () => {
    const bob = await createTestUser({ services: server.services });
    const mine = await read(server, trpcPath("builds.onChange", {}));
    const his = await read(server, trpcPath("builds.onChange", {}), { authorization: `Bearer ${(await bob.token()).token}` });
    await Promise.all([mine.until(/event: connected/), his.until(/event: connected/)]);
    const { buildId } = await pushTestRelease({ services: server.services, owner: ada });
    await mine.until(new RegExp(`"build_id":"${buildId}"`));
    const { buildId: hisBuild } = await pushTestRelease({ services: server.services, owner: bob });
    const text = await his.until(new RegExp(`"build_id":"${hisBuild}"`));
    expect(text).not.toContain(buildId);
  });

  it("says first that it listens: from then on nothing goes by", async () => {
    const one = await pushTestRelease({ services: server.services, owner: ada });
    const live = await read(server, trpcPath("builds.onChange", {}));
    expect(await live.until(/"build":/)).toContain('{"build":null}');
    await announce(one.buildId);
    await live.until(new RegExp(`"build_id":"${one.buildId}"`));
  });

  it("tells of one package alone when asked so", async () => {
    const one = await pushTestRelease({ services: server.services, owner: ada });
    const live = await read(server, trpcPath("builds.onChange", { package: one.package }));
    await live.until(/event: connected/);
    const other = await pushTestRelease({ services: server.services, owner: ada });
    await announce(one.buildId);
    const text = await live.until(new RegExp(`"build_id":"${one.buildId}"`));
    expect(text).not.toContain(other.buildId);
  });
});

describe("a server that stops", () => {
  it("turns unready, sends streams elsewhere with a hint, and lets running requests finish", async () => {
    const stopping = await openApiServer();
    const person = await createTestUser({ services: stopping.services });
    const own = (await person.token()).token;
    const { buildId } = await pushTestRelease({ services: stopping.services, owner: person });
    const headers = { authorization: `Bearer ${own}` };
    const sse = await read(stopping, `/api/v1/builds/${buildId}/events`, { ...headers, accept: "text/event-stream" });
    const ndjson = await read(stopping, `/api/v1/builds/${buildId}/events`, headers);
    const trpc = await read(stopping, trpcPath("builds.onEvent", { build_id: buildId }), headers);
    await Promise.all([sse, ndjson, trpc].map((reading) => reading.until(/build\.created/)));
    // A request that waits on a lock of ours.
    const lock = await stopping.services.database.pool.connect();
    await lock.query("BEGIN");
    await lock.query("SELECT 1 FROM package WHERE workspace_id = $1 FOR UPDATE", [person.workspaceId]);
    const slow = stopping.ask("/api/v1/builds", { token: own, json: { kind: "project", package: `${person.handle}/late`, files: [{ path: "first.sh", content: "" }] } });
    const blocked = stopping.ask(`/api/v1/builds`, { token: own, json: { release_id: (await stopping.services.database.db.release.findFirstOrThrow()).id } });
    await expect.poll(async () => (await stopping.services.database.pool.query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")).rowCount).toBeGreaterThan(0);

    const drained = stopping.web.drain();
    const ends = await Promise.all([sse, ndjson, trpc].map((reading) => reading.ended()));
    for (const end of ends) expect(end.complete).toBe(false);
    expect(ends[0]?.text).toMatch(/^retry: \d+$/m);
    expect(ends[2]?.text).toMatch(/^retry: \d+$/m);
    expect(ends[2]?.text).not.toContain("event: return");
    await expect(fetch(`${stopping.url}/api/health/live`)).rejects.toThrow();
    await lock.query("COMMIT");
    lock.release();
    expect((await slow).status).toBe(202);
    expect((await blocked).status).toBe(202);
    await drained;
    await stopping.close();
  });
});
