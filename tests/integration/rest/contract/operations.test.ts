import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildDocument } from "~/server/rest/openapi/build-document";
import { pushTestRelease, settleTestBuild, writeTestLog } from "../../../factories/packages";
import { createTestUser, type TestUser } from "../../../factories/users";
import { openApiServer, type ApiServer } from "../../../support/api-server";
import { createContractClient, type ContractClient } from "../../../support/contract-client";
import { listOperations } from "../../../support/document-checks";

const document = buildDocument();
let server: ApiServer;
let ada: TestUser;
let token: string;
let client: ContractClient;

beforeAll(async () => {
  server = await openApiServer();
  ada = await createTestUser({ services: server.services });
  token = (await ada.token()).token;
});
beforeEach(() => {
  client = createContractClient({ url: server.url, token, document });
});
afterAll(() => server.close());

const files = [{ path: "first.sh", content: "echo hello" }];

/** A release whose build is over, with all that a build may put out. */
async function pushSettled() {
  const pushed = await pushTestRelease({ services: server.services, owner: ada });
  await writeTestLog({ services: server.services, buildId: pushed.buildId, lines: ["one", "two"] });
  await settleTestBuild({
    services: server.services,
    buildId: pushed.buildId,
    artifacts: {
      "dist/index.js": { mediaType: "text/javascript", content: "export {};" },
      "audit.json": { mediaType: "application/json", content: JSON.stringify({ findings: [] }) },
      "boards/index/pcb.svg": { mediaType: "image/svg+xml", content: "<svg/>" },
    },
  });
  return pushed;
}

/** Succeed only by a handshake, or with a contract and a chain: tests of their own do that. */
const ELSEWHERE = new Set(["open_build_socket", "deploy_build", "read_contract"]);

describe("the API, asked through a client made from its document", () => {
  it("answers every operation as the document says", async () => {
    const { api } = client;
    const name = { owner: ada.handle, name: "walked" };
    await api.GET("/api/health");
    await api.GET("/api/health/live");
    await api.GET("/api/health/ready");
    await api.GET("/api/health/status");
    await api.GET("/api/openapi.json");
    await api.GET("/metrics", { parseAs: "text" });
    await api.GET("/api/v1/async-jobs/stats");
    await api.GET("/api/v1/chains");
    const me = await api.GET("/api/v1/me");
    expect(me.data?.user?.handle).toBe(ada.handle);
    await api.GET("/api/v1/workspaces");
    await api.GET("/api/v1/workspaces/{workspace}", { params: { path: { workspace: ada.handle } } });
    await api.GET("/api/v1/workspaces/{workspace}/audit-log", { params: { path: { workspace: ada.handle }, query: { limit: 5 } } });

    await api.POST("/api/v1/packages", { body: { package: `${ada.handle}/walked`, kind: "project", labels: { team: "a" } } });
    await api.GET("/api/v1/packages", { params: { query: { workspace: ada.handle, kind: "project", limit: 5, offset: 0 } } });
    await api.PATCH("/api/v1/packages/{owner}/{name}", { params: { path: name }, body: { description: "Walked through" } });
    const pushed = await api.POST("/api/v1/packages/{owner}/{name}/releases", { params: { path: name, header: { "Idempotency-Key": "walk-1" } }, body: { version: "1.0.0", files } });
    expect(pushed.response.status).toBe(202);
    const read = await api.GET("/api/v1/packages/{owner}/{name}", { params: { path: name } });
    expect(read.data?.release_count).toBe(1);
    const releases = await api.GET("/api/v1/packages/{owner}/{name}/releases", { params: { path: name, query: { page: 1, page_size: 5 } } });
    expect(releases.data).toMatchObject({ count: 1, total: 1, page: 1, page_size: 5, releases: [{ first_display_status: "pending", first_in_progress: false, second_is_stale: expect.any(Boolean), third_logs: null }] });

    await api.POST("/api/v1/builds/{build_id}/cancel", { params: { path: { build_id: pushed.data?.build_id ?? "" } } });
    await api.DELETE("/api/v1/packages/{owner}/{name}", { params: { path: name } });
    expect((await api.GET("/api/v1/packages/{owner}/{name}", { params: { path: name } })).response.status).toBe(404);

    const { releaseId, buildId, package: settled } = await pushSettled();
    const release = { params: { path: { release_id: releaseId } } };
    const build = { params: { path: { build_id: buildId } } };
    const record = await api.GET("/api/v1/releases/{release_id}", { params: { path: { release_id: releaseId }, query: { include_logs: true } } });
    expect(record.data).toMatchObject({ first_display_status: expect.any(String), first_logs: [expect.objectContaining({ message: "one" }), expect.objectContaining({ message: "two" })] });
    await api.PATCH("/api/v1/releases/{release_id}", { ...release, body: { locked: false } });
    await api.GET("/api/v1/releases/{release_id}/files.zip", { ...release, parseAs: "arrayBuffer" });
    const detail = await api.GET("/api/v1/builds/{build_id}", { params: { path: { build_id: buildId }, query: { tail: 1 } } });
    expect(detail.data?.logs_preview.map(({ message }) => message)).toEqual(["two"]);
    const logs = await api.GET("/api/v1/builds/{build_id}/logs", { params: { path: { build_id: buildId }, query: { stage: "first", limit: 1 } } });
    expect(logs.data).toMatchObject({ next_after_id: 1, total: 2 });
    await api.GET("/api/v1/builds/{build_id}/logs", { ...build, headers: { accept: "text/plain" }, parseAs: "text" });
    await api.GET("/api/v1/builds/{build_id}/artifacts", build);
    const changes = await api.GET("/api/v1/builds/{build_id}/changes", build);
    expect(changes.data).toMatchObject({ base: null, files: [] });
    const activity = await api.GET("/api/v1/activity", { params: { query: { workspace: ada.handle } } });
    expect(activity.data?.days).toHaveLength(14);
    const file = await api.GET("/api/v1/releases/{release_id}/file", { params: { path: { release_id: releaseId }, query: { path: "first.sh" } } });
    expect(file.data).toMatchObject({ path: "first.sh", content: expect.any(String) });
    const examples = await api.GET("/api/v1/examples");
    await api.POST("/api/v1/examples/{slug}/builds", { params: { path: { slug: examples.data?.examples[0]?.slug ?? "" } } });
    await api.GET("/api/v1/builds/{build_id}/artifacts.zip", { ...build, parseAs: "arrayBuffer" });
    const artifact = await api.GET("/api/v1/builds/{build_id}/artifacts/{name}", { params: { path: { build_id: buildId, name: "boards/index/pcb.svg" } }, parseAs: "text" });
    expect(artifact.data).toBe("<svg/>");
    const code = await api.GET("/api/v1/builds/{build_id}/code", { ...build, parseAs: "text" });
    expect([code.data, code.response.headers.get("content-disposition")]).toEqual(["export {};", expect.stringContaining(`filename="${buildId}.js"`)]);
    const audit = await api.GET("/api/v1/builds/{build_id}/audit", build);
    expect(audit.data).toMatchObject({ success: true, build_id: buildId, findings: [] });
    const list = await api.GET("/api/v1/builds", {
      params: { query: { package: settled, status: ["successful"], label: { "label.none": "x" } } },
      querySerializer: (query) => new URLSearchParams(Object.entries(query).flatMap(([key, value]) => (key === "label" && typeof value === "object" ? Object.entries(value).map(([label, item]) => [label, String(item)]) : [[key, String(value)]]))).toString(),
    });
    expect(list.data?.count).toBe(0);

    await api.PUT("/api/v1/releases/{release_id}/files", { ...release, body: { upsert: [{ path: "second.sh", content: "echo 2" }], remove: [] } });
    const { releaseId: settledAgain, buildId: over } = await pushSettled();
    await api.POST("/api/v1/releases/{release_id}/rebuild", { params: { path: { release_id: settledAgain } }, body: { mode: "all" } });
    const third = await pushSettled();
    const rebuilt = await api.POST("/api/v1/builds/{build_id}/rebuild", { params: { path: { build_id: third.buildId } }, body: { mode: "all" } });
    await api.POST("/api/v1/builds/{build_id}/cancel", { params: { path: { build_id: rebuilt.data?.build_id ?? "" } } });
    const events = await api.GET("/api/v1/builds/{build_id}/events", { params: { path: { build_id: rebuilt.data?.build_id ?? "" } }, parseAs: "text" });
    expect(events.data).toContain('"type":"build.completed"');
    const created = await api.POST("/api/v1/builds", { body: { kind: "project", package: `${ada.handle}/made`, files } });
    await api.DELETE("/api/v1/builds/{build_id}", { params: { path: { build_id: created.data?.build_id ?? "" } } });
    expect(over).not.toBe(buildId);

    await api.POST("/api/package_releases/get", { body: { package_release_id: third.releaseId, include_logs: true } });
    await api.POST("/api/package_releases/list", { body: { package_name: third.package, limit: 2 } });
    const again = { params: { header: { "Idempotency-Key": "rebuild-1" } }, body: { package_release_id: third.releaseId, mode: "all" as const } };
    const first = await api.POST("/api/package_releases/rebuild", again);
    const second = await api.POST("/api/package_releases/rebuild", again);
    expect([second.data?.package_release.latest_build_id, second.response.headers.get("idempotency-replayed")]).toEqual([first.data?.package_release.latest_build_id, "true"]);
    const keeper = createContractClient({ url: server.url, document, token: (await (await createTestUser({ services: server.services, role: "admin" })).token(["admin"])).token });
    await keeper.api.GET("/api/v1/admin/retention");

    expect([...client.problems, ...keeper.problems]).toEqual([]);
    const wanted = listOperations(document).map(({ operation }) => operation.operationId).filter((id) => !ELSEWHERE.has(id));
    expect(wanted.filter((id) => ![...client.answered, ...keeper.answered].some((each) => each.startsWith(`${id} 2`)))).toEqual([]);
  });

  it("answers errors as the document says", async () => {
    const { api } = client;
    const nothing = { params: { path: { build_id: "build_none" } } };
    const { buildId, releaseId, package: name } = await pushTestRelease({ services: server.services, owner: ada });
    const pending = { params: { path: { build_id: buildId } } };
    const wrong = await api.GET("/api/v1/builds/{build_id}", nothing);
    expect(wrong.error?.code).toBe("not_found");
    expect((await api.GET("/api/v1/builds", { params: { query: { limit: 0 } } })).error?.errors).toEqual([{ path: "limit", message: "must be a whole number from 1 to 100." }]);
    expect((await api.GET("/api/v1/builds/{build_id}/code", pending)).error?.code).toBe("code_not_available");
    expect((await api.GET("/api/v1/builds/{build_id}/audit", pending)).error?.code).toBe("audit_not_available");
    expect((await api.POST("/api/v1/builds/{build_id}/deploy", { ...pending, body: { chain_ids: [31337] } })).response.status).toBeGreaterThanOrEqual(400);
    expect((await api.POST("/api/v1/builds/{build_id}/rebuild", { ...pending, body: { mode: "all" } })).error?.code).toBe("build_in_progress");
    await settleTestBuild({ services: server.services, buildId });
    expect((await api.POST("/api/v1/builds/{build_id}/cancel", pending)).error?.code).toBe("build_not_cancellable");
    await api.PATCH("/api/v1/releases/{release_id}", { params: { path: { release_id: releaseId } }, body: { locked: true } });
    expect((await api.PUT("/api/v1/releases/{release_id}/files", { params: { path: { release_id: releaseId } }, body: { upsert: files, remove: [] } })).error?.code).toBe("release_locked");
    expect((await api.POST("/api/v1/packages", { body: { package: name, kind: "project" } })).error?.code).toBe("name_taken");
    expect((await api.POST("/api/v1/builds", { body: { kind: "project", package: name, version: "0.1.0", files } })).error?.code).toBe("version_taken");
    await api.POST("/api/v1/packages", { params: { header: { "Idempotency-Key": "twice" } }, body: { package: `${ada.handle}/once`, kind: "project" } });
    expect((await api.POST("/api/v1/packages", { params: { header: { "Idempotency-Key": "twice" } }, body: { package: `${ada.handle}/other`, kind: "project" } })).error?.code).toBe("idempotency_key_reused");
    const { error } = await api.POST("/api/package_releases/get", { body: { package_release_id: "rel_none" } });
    expect(error?.error.error_code).toBe("not_found");
    expect((await api.GET("/api/v1/builds/{build_id}/artifacts/{name}", { params: { path: { build_id: buildId, name: "none" } } })).error).toMatchObject({ code: "not_found" });
    expect(client.problems).toEqual([]);
  });

  it("answers those without a sign-in, and those who may only read, as the document says", async () => {
    const nobody = createContractClient({ url: server.url, document });
    expect((await nobody.api.POST("/api/v1/builds", { body: { release_id: "rel_none" } })).error?.code).toBe("unauthenticated");
    expect((await nobody.api.GET("/api/v1/workspaces")).error?.code).toBe("unauthenticated");
    const reader = createContractClient({ url: server.url, document, token: (await ada.token(["builds:read"])).token });
    expect((await reader.api.POST("/api/v1/builds", { body: { kind: "project", package: `${ada.handle}/no`, files } })).error?.code).toBe("forbidden");
    const stranger = createContractClient({ url: server.url, document, token: "slw_nonsense" });
    expect((await stranger.api.GET("/api/v1/me")).error?.code).toBe("unauthenticated");
    expect([...nobody.problems, ...reader.problems, ...stranger.problems]).toEqual([]);
  });

  it("answers those who ask too much as the document says", async () => {
    const strict = await openApiServer({ settings: { limits: { builds: 1, writes: 1, reads: 1 } } });
    try {
      const person = await createTestUser({ services: strict.services });
      const limited = createContractClient({ url: strict.url, document, token: (await person.token()).token });
      await limited.api.GET("/api/v1/packages");
      const { error, response } = await limited.api.GET("/api/v1/packages");
      expect([error?.code, response.headers.get("ratelimit-remaining")]).toEqual(["too_many_requests", "0"]);
      expect(limited.problems).toEqual([]);
    } finally {
      await strict.close();
    }
  });
});
