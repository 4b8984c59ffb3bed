import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pushTestRelease, settleTestBuild, writeTestLog } from "../../factories/packages";
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

const files = [{ path: "first.sh", content: "echo hello" }];

describe("POST /api/v1/builds", () => {
  it("makes package, release and build, and says where to look", async () => {
    const name = `${ada.handle}/blinky`;
    const answer = await server.ask("/api/v1/builds", {
      token,
      headers: { "x-request-id": "my-script.42" },
      json: { kind: "project", package: name, files, labels: { third_party_id: "tp-1" }, commit_sha: "ABCDEF1", ref: "main" },
    });
    expect(answer.status).toBe(202);
    expect(answer.headers.get("x-request-id")).toBe("my-script.42");
    expect(answer.json).toMatchObject({ success: true, package: name, number: 1, status: "pending", estimated_time: null, request_id: "my-script.42" });
    expect(answer.json.timestamp).toMatch(/^\d{4}-.*Z$/);
    expect(answer.json.duration).toBeTypeOf("number");
    const { links } = answer.json;
    expect(links.html).toBe(`/${name}/builds/1`);

    const build = await server.ask(links.self, { token });
    expect(build.json).toMatchObject({
      build_id: answer.json.build_id,
      version: "0.1.0",
      commit_sha: "abcdef1",
      ref: "main",
      trigger: "api",
      labels: { third_party_id: "tp-1" },
      requested_by: { handle: ada.handle },
      created_by_request: "my-script.42",
      can_write: true,
      is_latest: true,
      queue: { position: expect.any(Number), ahead: expect.stringContaining("No worker is running") },
    });
    expect(build.json.stages.map((stage: { key: string }) => stage.key)).toEqual(["first", "second", "third"]);
    expect(build.json.events).toEqual([expect.objectContaining({ object: "build.event", id: 1, type: "build.created" })]);
    const row = await server.services.database.db.build.findUniqueOrThrow({ where: { id: answer.json.build_id } });
    expect(row.requestId).toBe("my-script.42");
  });

  it("counts versions up by itself, and refuses one that is taken", async () => {
    const name = `${ada.handle}/versions`;
    const push = (version?: string) => server.ask("/api/v1/builds", { token, json: { kind: "project", package: name, files, version } });
    const versionOf = async (answer: { json: { release_id: string } }) => (await server.ask(`/api/v1/releases/${answer.json.release_id}`, { token })).json.version;
    expect(await versionOf(await push())).toBe("0.1.0");
    expect(await versionOf(await push())).toBe("0.1.1");
    expect(await versionOf(await push("2.0.0-beta.1"))).toBe("2.0.0-beta.1");
    expect(await versionOf(await push())).toBe("2.0.0");
    const taken = await push("0.1.1");
    expect(taken.status).toBe(409);
    expect(taken.json).toMatchObject({ code: "version_taken", errors: [{ path: "version", message: "is taken. The next one is 2.0.1." }] });
  });

  it("gives two pushes at once a version each", async () => {
    const name = `${ada.handle}/at-once`;
    const answers = await Promise.all([1, 2, 3, 4].map(() => server.ask("/api/v1/builds", { token, json: { kind: "project", package: name, files } })));
    expect(answers.map((answer) => answer.status)).toEqual([202, 202, 202, 202]);
    const releases = await server.services.database.db.release.findMany({ where: { package: { name: "at-once", workspaceId: ada.workspaceId } } });
    expect(releases.map((release) => release.version).sort()).toEqual(["0.1.0", "0.1.1", "0.1.2", "0.1.3"]);
    expect(new Set(answers.map((answer) => answer.json.number))).toEqual(new Set([1, 2, 3, 4]));
  });

  it("builds a release that exists", async () => {
    const { releaseId } = await pushTestRelease({ services: server.services, owner: ada });
    const answer = await server.ask("/api/v1/builds", { token, json: { release_id: releaseId } });
    expect(answer.status).toBe(202);
    expect(answer.json).toMatchObject({ release_id: releaseId, number: 2 });
  });

  it("takes bytes in base64", async () => {
    const bytes = Buffer.from([0, 255, 1, 254]);
    const answer = await server.ask("/api/v1/builds", {
      token,
      json: { kind: "project", package: `${ada.handle}/bytes`, files: [{ path: "raw.bin", content_base64: bytes.toString("base64") }] },
    });
    const file = await server.services.database.db.releaseFile.findFirstOrThrow({ where: { releaseId: answer.json.release_id } });
    expect(Buffer.from(await server.services.blobs.get(file.sha256))).toEqual(bytes);
  });

  it("refuses another kind, another visibility and options the pipeline has not", async () => {
    const name = `${ada.handle}/fixed`;
    await pushTestRelease({ services: server.services, owner: ada, package: name });
    const kind = await server.ask("/api/v1/builds", { token, json: { kind: "circuit", package: name, files } });
    expect(kind.json).toMatchObject({ status: 422, errors: [{ path: "kind", message: expect.stringContaining("Use one of: project") }] });
    const visibility = await server.ask("/api/v1/builds", { token, json: { kind: "project", package: name, visibility: "public", files } });
    expect(visibility.json).toMatchObject({ status: 422, errors: [{ path: "visibility", message: expect.stringContaining("is private") }] });
  });
});

describe("rebuild and cancel", () => {
  it("refuses to rebuild while a build is under way, then rebuilds", async () => {
    const { buildId, releaseId } = await pushTestRelease({ services: server.services, owner: ada });
    const busy = await server.ask(`/api/v1/builds/${buildId}/rebuild`, { token, json: { mode: "all" } });
    expect(busy.json).toMatchObject({ status: 409, code: "build_in_progress" });
    await settleTestBuild({ services: server.services, buildId });
    const again = await server.ask(`/api/v1/builds/${buildId}/rebuild`, { token, json: { mode: "all" } });
    expect(again.status).toBe(202);
    expect(again.json).toMatchObject({ release_id: releaseId, number: 2, estimated_time: 1 });
    const wrong = await server.ask(`/api/v1/releases/${releaseId}/rebuild`, { token, json: { mode: "twice" } });
    expect(wrong.json.errors).toEqual([{ path: "mode", message: 'must be one of "stale", "failed", "all"; got "twice".' }]);
  });

  it("cancels by either way, once", async () => {
    for (const [method, suffix] of [["DELETE", ""], ["POST", "/cancel"]] as const) {
      const { buildId } = await pushTestRelease({ services: server.services, owner: ada });
      const answer = await server.ask(`/api/v1/builds/${buildId}${suffix}`, { method, token });
      expect(answer.json).toMatchObject({ success: true, build_id: buildId, status: "cancelled" });
      expect((await server.ask(`/api/v1/builds/${buildId}`, { token })).json.status).toBe("cancelled");
      const again = await server.ask(`/api/v1/builds/${buildId}${suffix}`, { method, token });
      expect(again.json).toMatchObject({ status: 409, code: "build_not_cancellable" });
    }
  });
});

describe("the log", () => {
  it("comes in pages, by stage, by text, and as plain text", async () => {
    const { buildId } = await pushTestRelease({ services: server.services, owner: ada });
    const first = Array.from({ length: 25 }, (_, index) => `first ${index + 1}`);
    await writeTestLog({ services: server.services, buildId, lines: first });
    await writeTestLog({ services: server.services, buildId, stage: "second", lines: ["\u001b[31mBOOM\u001b[0m happened", "calm"], stream: "stderr" });
    await writeTestLog({ services: server.services, buildId, lines: ["late boom"] });
    const at = `/api/v1/builds/${buildId}/logs`;

    const page = (await server.ask(`${at}?limit=10`, { token })).json;
    expect(page).toMatchObject({ total: 28, next_after_id: 10 });
    const rest = (await server.ask(`${at}?after_id=10&limit=1000`, { token })).json;
    expect(rest.next_after_id).toBeNull();
    const lines = [...page.logs, ...rest.logs];
    expect(lines.map((line) => line.id)).toEqual(Array.from({ length: 28 }, (_, index) => index + 1));
    expect(lines[25]).toMatchObject({ id: 26, stage: "second", stage_line: 1, stream: "stderr", message: "\u001b[31mBOOM\u001b[0m happened" });

    const stage = (await server.ask(`${at}?stage=first&after_id=24`, { token })).json;
    expect(stage).toMatchObject({ total: 26, logs: [{ id: 25, stage_line: 25 }, { id: 28, stage_line: 26 }] });
    const found = (await server.ask(`${at}?q=boom%20h`, { token })).json;
    expect(found.logs.map((line: { id: number }) => line.id)).toEqual([26]);
    const jump = (await server.ask(`${at}?stage=first&from_stage_line=26&limit=1`, { token })).json;
    expect(jump.logs.map((line: { message: string }) => line.message)).toEqual(["late boom"]);

    const text = await server.ask(at, { token, headers: { accept: "text/plain" } });
    expect(text.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(text.text).toBe([...first, "\u001b[31mBOOM\u001b[0m happened", "calm", "late boom", ""].join("\n"));
    expect((await server.ask(`${at}?stage=second`, { token, headers: { accept: "text/plain" } })).text).toBe("\u001b[31mBOOM\u001b[0m happened\ncalm\n");
    const { caller } = await server.callAs({ authorization: `Bearer ${token}` });
    expect(await caller.builds.searchLog({ build_id: buildId, stage: "first", q: "FIRST 2" })).toEqual({
      count: 7,
      matches: [2, 20, 21, 22, 23, 24, 25].map((line) => ({ stage_line: line })),
    });
    expect((await server.ask(`/api/v1/builds/${buildId}?tail=2`, { token })).json.logs_preview.map((line: { message: string }) => line.message)).toEqual(["calm", "late boom"]);
  });
});

describe("the event stream", () => {
  it("tells everything as NDJSON and as SSE, ends after the build, and resumes without loss or repeats", async () => {
    const { buildId } = await pushTestRelease({ services: server.services, owner: ada });
    await writeTestLog({ services: server.services, buildId, lines: ["one", "two", "three"], perChunk: 3 });
    const stream = server.ask(`/api/v1/builds/${buildId}/events`, { token });
    await server.ask(`/api/v1/builds/${buildId}/cancel`, { method: "POST", token });
    const answer = await stream;
    expect(answer.headers.get("content-type")).toBe("application/x-ndjson; charset=utf-8");
    const events = answer.text.trimEnd().split("\n").map((line) => JSON.parse(line));
    expect(events.map((event) => event.id)).toEqual(events.map((_, index) => index + 1));
    expect(events[0]).toMatchObject({ object: "build.event", type: "build.created" });
    expect(events[2]).toMatchObject({ type: "build.log", step: "first", stream: "stdout", message: "two", line: 2, stage_line: 2 });
    expect(events.at(-1)).toMatchObject({ type: "build.completed", status: "cancelled" });

    const sse = await server.ask(`/api/v1/builds/${buildId}/events`, { token, headers: { accept: "text/event-stream", "last-event-id": "3" } });
    expect(sse.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    const ids = [...sse.text.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]));
    expect(ids).toEqual(events.map((event) => event.id).filter((id) => id > 3));
    expect(sse.text).toContain("event: build.completed\ndata: {");
    // What a browser's event source does by itself once a stream ended; only this makes it stop.
    const again = (accept: string, lastEventId: number) => server.ask(`/api/v1/builds/${buildId}/events`, { token, headers: { accept, "last-event-id": String(lastEventId) } });
    expect([(await again("text/event-stream", events.length)).status, (await again("text/event-stream", events.length - 1)).status, (await again("application/x-ndjson", events.length)).status]).toEqual([204, 200, 200]);
    const resumed = await server.ask(`/api/v1/builds/${buildId}/events?after_id=${events.length - 1}`, { token });
    expect(resumed.text.trimEnd().split("\n")).toHaveLength(1);
    expect((await server.ask(`/api/v1/builds/${buildId}/events?after_id=x`, { token })).json).toMatchObject({ status: 422, errors: [{ path: "after_id" }] });
  });
});
