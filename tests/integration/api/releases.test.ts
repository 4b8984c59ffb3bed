import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestPackage, pushTestRelease, settleTestBuild, writeTestLog } from "../../factories/packages";
import { createTestUser, type TestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";
import { readManifest } from "~/server/services/releases/file-manifest";

let server: ApiServer;
let ada: TestUser;
let token: string;

beforeAll(async () => {
  server = await openApiServer();
  ada = await createTestUser({ services: server.services });
  token = (await ada.token()).token;
});
afterAll(() => server.close());

const put = (releaseId: string, json: unknown) => server.ask(`/api/v1/releases/${releaseId}/files`, { method: "PUT", token, json });
const filesOf = async (releaseId: string) => {
  const release = await server.ask(`/api/v1/releases/${releaseId}`, { token });
  return release.json.files.map((file: { path: string }) => file.path);
};

describe("changing a release's files", () => {
  it("puts, replaces and removes, makes what changed stale with the reason, and starts a build", async () => {
    const { releaseId, buildId } = await pushTestRelease({ services: server.services, owner: ada, files: { "first.sh": "1", "second.sh": "2", "notes.md": "n" } });
    await settleTestBuild({ services: server.services, buildId });
    const inputs = (path: string, content: string) => ({ files: { [path]: content }, options: {}, toolchain: { sh: "1" }, stageVersion: 1, needs: {} });
    const release = await server.services.database.db.release.findUniqueOrThrow({ where: { id: releaseId }, include: { files: true } });
    const shaOf = (path: string) => release.files.find((file) => file.path === path)?.sha256 ?? "";
    for (const key of ["first", "second"]) {
      await server.services.database.db.releaseStage.update({
        where: { releaseId_key: { releaseId, key } },
        data: { status: "successful", inputs: inputs(`${key}.sh`, shaOf(`${key}.sh`)) },
      });
    }

    const answer = await put(releaseId, { upsert: [{ path: "first.sh", content: "changed" }, { path: "lib/new.sh", content: "n" }], remove: ["notes.md"] });
    expect(answer.status).toBe(202);
    expect(answer.json).toMatchObject({ release_id: releaseId, number: 2 });
    expect(await filesOf(releaseId)).toEqual(["first.sh", "lib/new.sh", "second.sh"]);
    const record = (await server.ask(`/api/v1/releases/${releaseId}`, { token })).json;
    expect(record.first_is_stale).toBe(true);
    expect(record.stages[0]).toMatchObject({ key: "first", is_stale: true, stale_reason: "stale because `first.sh` changed" });
    expect(record.latest_build).toMatchObject({ number: 2, trigger: "files_changed" });

    // The build keeps the files it was made from, and the old one those of then.
    const builds = await server.services.database.db.build.findMany({ where: { releaseId }, orderBy: { number: "asc" } });
    const manifests = await Promise.all(builds.map((build) => readManifest({ blobs: server.services.blobs, digest: build.filesDigest })));
    expect(manifests.map((manifest) => Object.keys(manifest.files).sort())).toEqual([["first.sh", "notes.md", "second.sh"], ["first.sh", "lib/new.sh", "second.sh"]]);
  });

  it.each([
    ["nothing at all", {}, "upsert", /at least one file/],
    ["what is the same already", { upsert: [{ path: "first.sh", content: "echo first" }] }, "upsert", /nothing to build/],
    ["a removal of what is not there", { remove: ["first.sh", "ghost.sh"] }, "remove.1", /not a file of this release/],
    ["leaving no file", { remove: ["first.sh", "README.md"] }, "remove", /without files/],
    ["a path that leaves", { upsert: [{ path: "ok", content: "" }, { path: "../x", content: "" }] }, "upsert.1.path", /`\.\.`/],
    ["a clash with a file that stays", { upsert: [{ path: "ok", content: "" }, { path: "readme.md", content: "" }] }, "upsert.1.path", /`README.md` only in case/],
    ["a folder where a file stays", { upsert: [{ path: "first.sh/x", content: "" }] }, "upsert.0.path", /needs a folder where `first.sh`/],
  ])("refuses %s and leaves all as it was", async (_what, json, path, message) => {
    const { releaseId } = await pushTestRelease({ services: server.services, owner: ada });
    const answer = await put(releaseId, json);
    expect(answer.json).toMatchObject({ status: 422, errors: [{ path, message: expect.stringMatching(message) }] });
    expect(await filesOf(releaseId)).toEqual(["README.md", "first.sh"]);
    expect(await server.services.database.db.build.count({ where: { releaseId } })).toBe(1);
  });

  it("refuses a locked release until it is unlocked", async () => {
    const { releaseId } = await pushTestRelease({ services: server.services, owner: ada });
    const lock = (locked: boolean) => server.ask(`/api/v1/releases/${releaseId}`, { method: "PATCH", token, json: { locked } });
    expect((await lock(true)).json).toMatchObject({ locked: true });
    const change = { upsert: [{ path: "first.sh", content: "x" }] };
    expect((await put(releaseId, change)).json).toMatchObject({ status: 409, code: "release_locked" });
    await lock(false);
    expect((await put(releaseId, change)).status).toBe(202);
  });

  it("takes changes at once one after the other, and loses none", async () => {
    const { releaseId } = await pushTestRelease({ services: server.services, owner: ada });
    const answers = await Promise.all(["a", "b", "c", "d"].map((path) => put(releaseId, { upsert: [{ path, content: path }] })));
    expect(answers.map((answer) => answer.status)).toEqual([202, 202, 202, 202]);
    const everything = ["README.md", "a", "b", "c", "d", "first.sh"];
    expect(await filesOf(releaseId)).toEqual(everything);
    // The newest build is made of all of them, not of what one change saw of the others.
    const newest = await server.services.database.db.build.findFirstOrThrow({ where: { releaseId }, orderBy: { number: "desc" } });
    const manifest = await readManifest({ blobs: server.services.blobs, digest: newest.filesDigest });
    expect(Object.keys(manifest.files).sort()).toEqual(everything);
  });
});

describe("a release", () => {
  it("gets the patch after the highest of its package by the rules of semver, whatever came last", async () => {
    const { name } = await createTestPackage({ services: server.services, owner: ada });
    const push = (version?: string) => server.ask(`/api/v1/packages/${name}/releases`, { token, json: { files: [{ path: "first.sh", content: "1" }], version } });
    const { caller } = await server.callAs({ authorization: `Bearer ${token}` });
    const next = async (): Promise<string> => (await caller.releases.get({ package: name, version: (await push()).status === 202 ? "latest" : "none" })).version;
    for (const version of ["1.9.0", "1.10.0-rc.9", "1.10.0-rc.10", "0.99.99"]) expect((await push(version)).status).toBe(202);
    // What comes after a pre-release is its release.
    expect(await next()).toBe("1.10.0");
    expect(await next()).toBe("1.10.1");
    expect((await push("1.10.2+build.7")).status).toBe(202);
    expect(await next()).toBe("1.10.3");
    expect((await push("12345678901234.0.0")).status).toBe(202);
    expect(await next()).toBe("12345678901234.0.1");
    expect(await push("1.9.0")).toMatchObject({ status: 409, json: { code: "version_taken", detail: expect.stringContaining("such as 12345678901234.0.2") } });
  });

  it("is made of a package that exists, and read by id, version or as the latest", async () => {
    const { name } = await createTestPackage({ services: server.services, owner: ada });
    const push = (files: object[]) => server.ask(`/api/v1/packages/${name}/releases`, { token, json: { files } });
    const first = await push([{ path: "first.sh", content: "1" }]);
    expect(first.status).toBe(202);
    await push([{ path: "first.sh", content: "2" }]);
    const { caller } = await server.callAs({ authorization: `Bearer ${token}` });
    expect((await caller.releases.get({ package: name, version: "latest" })).version).toBe("0.1.1");
    expect(await caller.releases.get({ package: name, version: "0.1.0" })).toMatchObject({ release_id: first.json.release_id, is_latest: false, file_count: 1, total_size: 1 });
    await expect(caller.releases.get({ package: name, version: "9.9.9" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await server.ask(`/api/v1/packages/${ada.handle}/not-there/releases`, { token, json: { files: [{ path: "a", content: "" }] } })).status).toBe(404);
  });

  it("gives its files as text, or says that they are none", async () => {
    const { releaseId } = await pushTestRelease({ services: server.services, owner: ada, files: { "first.sh": "echo ü", "nul.bin": "a\u0000b" } });
    const { caller } = await server.callAs({ authorization: `Bearer ${token}` });
    expect(await caller.releases.readFile({ release_id: releaseId, path: "first.sh" })).toEqual({ path: "first.sh", size: 7, content: "echo ü" });
    expect(await caller.releases.readFile({ release_id: releaseId, path: "nul.bin" })).toEqual({ path: "nul.bin", size: 3, content: null });
    await expect(caller.releases.readFile({ release_id: releaseId, path: "other" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("shows its README on the package", async () => {
    const { package: name } = await pushTestRelease({ services: server.services, owner: ada, files: { "readme.md": "# Hi", "first.sh": "" } });
    expect((await server.ask(`/api/v1/packages/${name}`, { token })).json.readme).toBe("# Hi");
  });

  it("has each stage's fields under its name, and its log when asked", async () => {
    const { releaseId, buildId } = await pushTestRelease({ services: server.services, owner: ada });
    await writeTestLog({ services: server.services, buildId, lines: ["one", "two"] });
    const plain = (await server.ask(`/api/v1/releases/${releaseId}`, { token })).json;
    expect(plain).toMatchObject({ display_status: "pending", first_display_status: "pending", first_in_progress: false, first_is_stale: false, first_error: null, first_logs: null });
    const withLogs = (await server.ask(`/api/v1/releases/${releaseId}?include_logs=true`, { token })).json;
    expect(withLogs.first_logs.map((line: { message: string }) => line.message)).toEqual(["one", "two"]);
  });
});

describe("the package registry's names", () => {
  it("get, list and rebuild the same releases", async () => {
    const { releaseId, buildId, package: name } = await pushTestRelease({ services: server.services, owner: ada });
    const call = (verb: string, json: unknown, as = token) => server.ask(`/api/package_releases/${verb}`, { token: as, json });
    const byId = await call("get", { package_release_id: releaseId });
    expect(byId.json).toMatchObject({ ok: true, package_release: { package_release_id: releaseId, package_name_with_version: `${name}@0.1.0`, is_latest: true, first_display_status: "pending" } });
    expect((await call("get", { package_name_with_version: `${name}@0.1.0` })).json.package_release.package_release_id).toBe(releaseId);
    expect((await call("get", { package_name: name, is_latest: true })).json.package_release.package_release_id).toBe(releaseId);
    expect((await call("list", { package_name: name })).json.package_releases).toHaveLength(1);
    await settleTestBuild({ services: server.services, buildId });
    const rebuilt = await call("rebuild", { package_release_id: releaseId, mode: "all" });
    expect(rebuilt.json).toMatchObject({ ok: true, package_release: { package_release_id: releaseId, display_status: "pending" } });

    expect(await call("get", {})).toMatchObject({ status: 422, json: { error: { error_code: "validation_failed", message: expect.stringContaining("is missing. Send it, or package_name_with_version") } } });
    expect((await call("get", { package_name_with_version: name })).json.error.message).toMatch(/^package_name_with_version: must be `workspace\/name@version`/);
    expect(await call("get", { package_release_id: "rel_none" })).toMatchObject({ status: 404, json: { ok: false, error: { error_code: "not_found" } } });
    const bob = await createTestUser({ services: server.services });
    expect((await call("rebuild", { package_release_id: releaseId }, (await bob.token()).token)).status).toBe(404);
    expect((await call("rebuild", { package_release_id: "" })).json.error.message).toContain("package_release_id");
    const unknown = await call("get", { package_release_id: releaseId }, "slw_unknown");
    expect([unknown.status, unknown.headers.get("www-authenticate"), unknown.json.error.error_code]).toEqual([401, 'Bearer realm="slipway"', "unauthenticated"]);
  });
});

describe("an example", () => {
  it("of a pipeline is pushed into the caller's own workspace, as a new release each time", async () => {
    const { caller } = await server.callAs({ cookie: (await ada.cookie()).cookie });
    expect(await caller.examples.list()).toEqual({
      examples: [{ slug: "hello", title: "Hello", description: "Three scripts", kind: "project" }],
      count: 1,
      total: 1,
      next_cursor: null,
    });
    await expect(caller.examples.build({ slug: "none" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const builds = [await caller.examples.build({ slug: "hello" }), await caller.examples.build({ slug: "hello" })];
    expect(builds.map((build) => [build.package, build.number])).toEqual([[`${ada.handle}/hello`, 1], [`${ada.handle}/hello`, 2]]);
    const anonymous = await server.callAs({});
    await expect(anonymous.caller.examples.build({ slug: "hello" })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });
});
