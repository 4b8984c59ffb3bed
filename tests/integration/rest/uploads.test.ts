import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestUser, type TestUser } from "../../factories/users";
import { openApiServer, type Answer, type ApiServer } from "../../support/api-server";
import { makeForm, makeTarGz, makeZip, type Bytes } from "../../support/archives";

let server: ApiServer;
let ada: TestUser;
let token: string;
let releases: string;
let name: string;

beforeAll(async () => {
  server = await openApiServer();
  ada = await createTestUser({ services: server.services });
  token = (await ada.token()).token;
  name = `${ada.handle}/packed`;
  releases = `/api/v1/packages/${name}/releases`;
  await server.ask("/api/v1/packages", { token, json: { package: name, kind: "project" } });
});
afterAll(() => server.close());

function send(target: string, fields: Parameters<typeof makeForm>[0], headers: Record<string, string> = {}): Promise<Answer> {
  const form = makeForm(fields);
  return server.ask(target, { token, body: form.body, headers: { ...form.headers, ...headers } });
}
const push = (archive: Bytes, fileName = "package.zip"): Promise<Answer> => send(releases, [["archive", [fileName, archive]]]);

async function filesOf(answer: Answer): Promise<Record<string, number>> {
  const release = await server.ask(`/api/v1/releases/${answer.json.release_id}`, { token });
  return Object.fromEntries(release.json.files.map((file: { path: string; size: number }) => [file.path, file.size]));
}

async function countRows(): Promise<number[]> {
  const { db } = server.services.database;
  return [await db.release.count(), await db.releaseFile.count(), await db.build.count(), await db.blob.count()];
}

describe("an archive", () => {
  it("becomes a release: a zip, with its fields in any order", async () => {
    const answer = await send(releases, [
      ["version", "1.2.3"],
      ["archive", ["package.zip", makeZip([{ name: "first.sh", content: "echo" }, { name: "lib/", content: "" }, { name: "lib/ä.txt", content: "12345" }])]],
      ["commit_sha", "0123abc"],
      ["ref", "main"],
      ["options", "{}"],
    ]);
    expect(answer.json).toMatchObject({ success: true, package: name });
    expect(answer.status).toBe(202);
    expect(await filesOf(answer)).toEqual({ "first.sh": 4, "lib/ä.txt": 5 });
    const release = await server.ask(`/api/v1/releases/${answer.json.release_id}`, { token });
    expect(release.json).toMatchObject({ version: "1.2.3", commit_sha: "0123abc", ref: "main" });
    const file = await server.services.blobs.get(release.json.files.find((each: { path: string }) => each.path === "lib/ä.txt").sha256);
    expect(Buffer.from(file).toString()).toBe("12345");
  });

  it("becomes a release: a tar.gz, in whatever part comes first as a file, without the folder around everything", async () => {
    const tar = await makeTarGz([
      { name: "blinky-1.0/", type: "directory" },
      { name: "./blinky-1.0/first.sh", content: "echo 1" },
      { name: "blinky-1.0/.git/config", content: "[core]" },
      { name: "blinky-1.0/.DS_Store", content: "x" },
      { name: `blinky-1.0/${"deep/".repeat(30)}leaf.txt`, content: "leaf" },
    ]);
    const answer = await send(releases, [["upload", ["blinky.tgz", tar]]]);
    expect(answer.status).toBe(202);
    expect(await filesOf(answer)).toEqual({ "first.sh": 6, [`${"deep/".repeat(30)}leaf.txt`]: 4 });
  });

  it("makes a package too, by the builds' address", async () => {
    const archive = makeZip([{ name: "first.sh", content: "echo" }]);
    const answer = await send("/api/v1/builds", [["kind", "project"], ["package", `${ada.handle}/from-zip`], ["labels", '{"team":"core"}'], ["archive", ["a.zip", archive]]]);
    expect(answer.status).toBe(202);
    expect((await server.ask(`/api/v1/packages/${ada.handle}/from-zip`, { token })).json).toMatchObject({ kind: "project", labels: { team: "core" } });
  });

  it("is compared by its bytes under an Idempotency-Key", async () => {
    const headers = { "idempotency-key": "zip-1" };
    const one = makeZip([{ name: "first.sh", content: "echo once" }]);
    const first = await send(releases, [["archive", ["a.zip", one]]], headers);
    const again = await send(releases, [["archive", ["b.zip", one]]], headers);
    expect(again.json.release_id).toBe(first.json.release_id);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    const other = await send(releases, [["archive", ["a.zip", makeZip([{ name: "first.sh", content: "echo twice" }])]]], headers);
    expect(other.json).toMatchObject({ status: 409, code: "idempotency_key_reused" });
  });

  it("of 5,000 files and of a file of many megabytes is taken", async () => {
    const many = makeZip(Array.from({ length: 5_000 }, (_, index) => ({ name: `many/${index}.txt`, content: `file ${index}` })));
    const answer = await push(many);
    expect(answer.status).toBe(202);
    expect(Object.keys(await filesOf(answer))).toHaveLength(5_000);
    const large = randomText(12 * 1024 * 1024);
    expect(await filesOf(await push(makeZip([{ name: "large.bin", content: large }, { name: "small", content: "x" }])))).toEqual({ "large.bin": large.byteLength, small: 1 });
    expect(await filesOf(await push(await makeTarGz([{ name: "large.bin", content: large }, { name: "small", content: "x" }])))).toEqual({ "large.bin": large.byteLength, small: 1 });
  });
});

/** Bytes that can't be packed well. */
function randomText(size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let state = 1;
  for (let index = 0; index < size; index += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

const MB = 1024 * 1024;
const ok = { name: "ok.txt", content: "fine" };
const tooMany = Array.from({ length: 5_001 }, (_, index) => ({ name: `${index}.txt`, content: "x" }));

const refused: [what: string, make: () => Bytes | Promise<Bytes>, status: number, message: RegExp][] = [
  ["a zip entry that leaves", () => makeZip([ok, { name: "../../etc/passwd" }]), 422, /"\.\.\/\.\.\/etc\/passwd".*`\.\.`/],
  ["a zip entry that leaves in the middle", () => makeZip([ok, { name: "a/../../b" }]), 422, /"a\/\.\.\/\.\.\/b"/],
  ["an absolute zip entry", () => makeZip([ok, { name: "/etc/cron.d/x" }]), 422, /"\/etc\/cron\.d\/x".*relative/],
  ["a drive", () => makeZip([ok, { name: "C:/x" }]), 422, /"C:\/x".*relative/],
  ["a backslash", () => makeZip([ok, { name: "..\\x" }]), 422, /"\.\.\\\\x".*backslash/],
  ["a NUL", () => makeZip([ok, { name: "a\0.txt" }]), 422, /"a\\u0000\.txt".*control/],
  ["a line feed", () => makeZip([ok, { name: "a\nb" }]), 422, /"a\\nb".*control/],
  ["a zip's symbolic link", () => makeZip([ok, { name: "link", content: "/etc/passwd", mode: 0o120777 }]), 422, /"link".*symbolic link/],
  ["a zip's device", () => makeZip([ok, { name: "dev", mode: 0o020666 }]), 422, /"dev".*character device/],
  ["the same name twice", () => makeZip([ok, { name: "ok.txt", content: "other" }]), 422, /"ok\.txt".*there twice/],
  ["names that differ in case only", () => makeZip([ok, { name: "OK.txt", content: "other" }]), 422, /"OK\.txt".*only in case/],
  ["a file that is a folder too", () => makeZip([ok, { name: "ok.txt/inner", content: "x" }]), 422, /"ok\.txt\/inner".*is a file/],
  ["an encrypted entry", () => makeZip([{ ...ok, claims: { flags: 1 } }]), 422, /encrypted entry "ok\.txt"/],
  ["a wrong checksum", () => makeZip([{ ...ok, claims: { checksum: 1 } }]), 422, /checksum of its entry "ok\.txt"/],
  ["an entry that is larger than it says", () => makeZip([{ name: "liar", content: "x".repeat(4_000), claims: { size: 10 } }]), 422, /entry "liar" is damaged/],
  ["a zip bomb", () => makeZip([{ name: "bomb", content: Buffer.alloc(40 * MB) }]), 413, /200 times its size.*"bomb"/],
  ["more than 50 MB unpacked", () => makeZip([{ name: "a", content: randomText(26 * MB).fill(0, 0, 22 * MB) }, { name: "b", content: Buffer.concat([randomText(4 * MB), Buffer.alloc(22 * MB)]) }]), 413, /50 MB.*"b"/],
  ["5,001 files", () => makeZip(tooMany), 422, /5,000 files/],
  ["no files", () => makeZip([{ name: "empty/" }]), 422, /no files/],
  ["half a zip", () => makeZip([ok]).slice(0, 40), 422, /damaged or cut off/],
  ["no archive at all", () => new Uint8Array(Buffer.from("hello")), 422, /neither a zip nor a tar\.gz/],
  ["nothing", () => new Uint8Array(), 422, /neither a zip nor a tar\.gz/],
  ["a tar entry that leaves", () => makeTarGz([ok, { name: "../x", content: "x" }]), 422, /"\.\.\/x"/],
  ["an absolute tar entry", () => makeTarGz([ok, { name: "/x", content: "x" }]), 422, /"\/x".*relative/],
  ["a tar's symbolic link", () => makeTarGz([ok, { name: "link", type: "symlink", linkname: "/etc" }]), 422, /"link".*symbolic link/],
  ["a tar's hard link", () => makeTarGz([ok, { name: "hard", type: "link", linkname: "ok.txt" }]), 422, /"hard".*hard link/],
  ["a tar's device", () => makeTarGz([ok, { name: "dev", type: "block-device" }]), 422, /"dev".*block device/],
  ["a tar's pipe", () => makeTarGz([ok, { name: "pipe", type: "fifo" }]), 422, /"pipe".*named pipe/],
  ["a tar bomb", () => makeTarGz([{ name: "bomb", content: Buffer.alloc(30 * MB) }]), 413, /200 times its size.*"bomb"/],
  ["a tar of 5,001 files", () => makeTarGz(tooMany), 422, /5,000 files/],
  ["a tar's name twice", () => makeTarGz([ok, ok]), 422, /"ok\.txt".*there twice/],
  ["half a tar.gz", async () => (await makeTarGz([{ name: "a", content: randomText(9_000) }])).slice(0, 5_000), 422, /damaged or cut off/],
];

describe("what an archive may not have", () => {
  it.each(refused)("%s", async (_what, make, status, message) => {
    const before = await countRows();
    const answer = await push(await make());
    expect(answer.json).toMatchObject({ status, errors: [{ path: "archive" }] });
    expect(answer.json.detail).toMatch(message);
    expect(await countRows()).toEqual(before);
  });

  it("and nothing stays of what was refused", async () => {
    expect((await readdir(tmpdir())).filter((entry) => entry.startsWith("slipway-upload-"))).toEqual([]);
    expect(server.complaints).toEqual([]);
  });
});

describe("a form", () => {
  const archive = makeZip([ok]);
  it.each<[string, Parameters<typeof makeForm>[0], string]>([
    ["an unknown field", [["archive", ["a.zip", archive]], ["vesion", "1.0.0"]], "vesion"],
    ["a field twice", [["version", "1.0.0"], ["version", "1.0.1"], ["archive", ["a.zip", archive]]], "version"],
    ["options that are no JSON", [["options", "{"], ["archive", ["a.zip", archive]]], "options"],
    ["options that are no object", [["options", "3"], ["archive", ["a.zip", archive]]], "options"],
    ["an archive that is no file", [["archive", "text"]], "archive"],
    ["two files", [["archive", ["a.zip", archive]], ["more", ["b.zip", archive]]], "archive"],
    ["no file", [["version", "9.0.0"]], "files"],
    ["a version that is none", [["version", "v1"], ["archive", ["a.zip", archive]]], "version"],
    ["an enormous field", [["ref", "x".repeat(70_000)], ["archive", ["a.zip", archive]]], "ref"],
  ])("with %s is refused by its name", async (_what, fields, path) => {
    const before = await countRows();
    const answer = await send(releases, fields);
    expect(answer.json).toMatchObject({ status: 422, code: "validation_failed", errors: [{ path }] });
    expect(await countRows()).toEqual(before);
  });

  it("that is cut off or has no boundary is told so", async () => {
    const form = makeForm([["archive", ["a.zip", archive]]]);
    const cut = await server.ask(releases, { token, body: form.body.slice(0, -40), headers: form.headers });
    expect(cut.json).toMatchObject({ status: 400, code: "bad_request" });
    expect((await server.ask(releases, { token, body: "x", headers: { "content-type": "multipart/form-data" } })).json).toMatchObject({ status: 400 });
  });

  it("is taken only where archives are", async () => {
    const form = makeForm([["name", "x"]]);
    expect((await server.ask("/api/v1/packages", { token, ...form })).json).toMatchObject({ status: 415 });
  });

  it("of somebody who may not push is refused without a trace", async () => {
    const before = await countRows();
    const eve = await createTestUser({ services: server.services });
    const form = makeForm([["archive", ["a.zip", archive]]]);
    expect((await server.ask(releases, { token: (await eve.token()).token, ...form })).status).toBe(404);
    expect((await server.ask(releases, form)).status).toBe(401);
    expect(await countRows()).toEqual(before);
  });
});

describe("50 MB of files that can't be packed any smaller", () => {
  it.each([
    ["a zip", makeZip],
    ["a tar.gz", makeTarGz],
  ])("are taken as %s, which is larger than they are", async (_what, pack) => {
    const archive = await pack([0, 1].map((half) => ({ name: `${half}.bin`, content: randomBytes(25 * MB) })));
    expect(archive.byteLength).toBeGreaterThan(50 * MB);
    const answer = await push(archive);
    expect(answer.status).toBe(202);
    expect(await filesOf(answer)).toEqual({ "0.bin": 25 * MB, "1.bin": 25 * MB });
  });
});

describe("files as JSON", () => {
  it("may be 50 MB in base64", async () => {
    const half = Buffer.from(randomText(25 * MB)).toString("base64");
    const answer = await server.ask(releases, { token, json: { files: ["a", "b"].map((path) => ({ path, content_base64: half })) } });
    expect(answer.status).toBe(202);
    expect(await filesOf(answer)).toEqual({ a: 25 * MB, b: 25 * MB });
  });

  it("come from one source only", async () => {
    const answer = await server.ask(releases, { token, json: { files: [{ path: "a", content: "" }], git: { url: "https://example.com/a.git" } } });
    expect(answer.json.errors).toEqual([{ path: "git", message: "can't be sent together with `files`. Choose one." }]);
    const forged = await server.ask(releases, { token, json: { archive: { sha256: "0".repeat(64), size: 1, descriptor: 1 } } });
    expect(forged.json.errors).toEqual([{ path: "archive", message: expect.stringContaining("multipart/form-data") }]);
  });
});
