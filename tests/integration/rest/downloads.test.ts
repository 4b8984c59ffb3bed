import { unzipSync, strFromU8 } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pushTestRelease, settleTestBuild } from "../../factories/packages";
import { createTestUser, type TestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";

let server: ApiServer;
let ada: TestUser;
let token: string;
let buildId: string;
let releaseId: string;

const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(document.domain)</script></svg>';
const png = Buffer.from("89504e470d0a1a0a00", "hex");

beforeAll(async () => {
  server = await openApiServer();
  ada = await createTestUser({ services: server.services });
  token = (await ada.token()).token;
  ({ buildId, releaseId } = await pushTestRelease({ services: server.services, owner: ada, files: { "first.sh": "echo 1", "src/naïve file.txt": "text" } }));
  await settleTestBuild({
    services: server.services,
    buildId,
    artifacts: {
      "boards/index/pcb.svg": { mediaType: "image/svg+xml", content: svg },
      "boards/index/pcb.png": { mediaType: "image/png", content: png },
      "fabrication/gerbers.zip": { mediaType: "application/zip", content: "PK" },
      "page.html": { mediaType: "text/html", content: "<script>1</script>" },
      'odd "name" ü.txt': { mediaType: "text/plain", content: "0123456789" },
    },
  });
});
afterAll(() => server.close());

const at = (name: string) => `/api/v1/builds/${buildId}/artifacts/${name.split("/").map(encodeURIComponent).join("/")}`;

describe("an artifact", () => {
  it("is listed with the address that gives it", async () => {
    const list = await server.ask(`/api/v1/builds/${buildId}/artifacts`, { token });
    expect(list.json.count).toBe(5);
    for (const artifact of list.json.artifacts) {
      const answer = await server.ask(artifact.url, { token });
      expect([answer.status, answer.headers.get("content-length")]).toEqual([200, String(artifact.size)]);
      expect(answer.headers.get("etag")).toBe(`"${artifact.sha256}"`);
    }
  });

  it.each([["boards/index/pcb.svg"], ["page.html"]])("that could carry scripts gets no right on our origin: %s", async (name) => {
    const { headers, text } = await server.ask(at(name), { token });
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/^sandbox;/);
    expect(policy).not.toMatch(/allow-|script-src/);
    expect(policy).toContain("default-src 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(text).toContain("<script>");
  });

  it("is shown or saved, under its own name", async () => {
    expect((await server.ask(at("boards/index/pcb.svg"), { token })).headers.get("content-disposition")).toBe(`inline; filename="pcb.svg"; filename*=UTF-8''pcb.svg`);
    expect((await server.ask(`${at("boards/index/pcb.svg")}?download=1`, { token })).headers.get("content-disposition")).toMatch(/^attachment/);
    expect((await server.ask(at("fabrication/gerbers.zip"), { token })).headers.get("content-disposition")).toMatch(/^attachment/);
    expect((await server.ask(at('odd "name" ü.txt'), { token })).headers.get("content-disposition")).toBe(
      `inline; filename="odd _name_ _.txt"; filename*=UTF-8''odd%20%22name%22%20%C3%BC.txt`,
    );
  });

  it("is not sent again to who has it", async () => {
    const { headers } = await server.ask(at("page.html"), { token });
    const etag = headers.get("etag") ?? "";
    const same = await server.ask(at("page.html"), { token, headers: { "if-none-match": `"other", ${etag}` } });
    expect([same.status, same.text]).toEqual([304, ""]);
    expect((await server.ask(at("page.html"), { token, headers: { "if-none-match": '"other"' } })).status).toBe(200);
  });

  it.each([
    ["bytes=0-3", 206, "0123", "bytes 0-3/10"],
    ["bytes=7-", 206, "789", "bytes 7-9/10"],
    ["bytes=-2", 206, "89", "bytes 8-9/10"],
    ["bytes=5-99", 206, "56789", "bytes 5-9/10"],
    ["bytes=0-1,3-4", 200, "0123456789", null],
    ["lines=1-2", 200, "0123456789", null],
  ])("answers the range %s", async (range, status, text, contentRange) => {
    const answer = await server.ask(at('odd "name" ü.txt'), { token, headers: { range } });
    expect([answer.status, answer.text, answer.headers.get("content-range")]).toEqual([status, text, contentRange]);
  });

  it("tells of the whole when only its head is asked for", async () => {
    const answer = await server.ask(at('odd "name" ü.txt'), { method: "HEAD", token, headers: { range: "bytes=0-1" } });
    expect([answer.status, answer.headers.get("content-length"), answer.headers.get("content-range")]).toEqual([200, "10", null]);
  });

  it("refuses a range outside of it, and ignores one of another version", async () => {
    const outside = await server.ask(at('odd "name" ü.txt'), { token, headers: { range: "bytes=10-" } });
    expect([outside.status, outside.headers.get("content-range")]).toEqual([416, "bytes */10"]);
    expect(outside.json).toMatchObject({ code: "range_not_satisfiable" });
    const changed = await server.ask(at('odd "name" ü.txt'), { token, headers: { range: "bytes=0-1", "if-range": '"older"' } });
    expect([changed.status, changed.text]).toEqual([200, "0123456789"]);
  });

  it("tells its headers alone to HEAD", async () => {
    const answer = await server.ask(at("page.html"), { token, method: "HEAD" });
    expect([answer.status, answer.text, answer.headers.get("content-length")]).toEqual([200, "", "18"]);
  });

  it("is not there under another name, nor for another person", async () => {
    expect((await server.ask(at("nothing.svg"), { token })).status).toBe(404);
    expect((await server.ask(`/api/v1/builds/${buildId}/artifacts/..%2F..%2F..%2Fetc%2Fpasswd`, { token })).json).toMatchObject({ code: "not_found" });
    const bob = await createTestUser({ services: server.services });
    expect((await server.ask(at("page.html"), { token: (await bob.token()).token })).status).toBe(404);
    expect((await server.ask(at("page.html"))).status).toBe(404);
  });
});

describe("zips", () => {
  async function open(path: string): Promise<{ names: string[]; read(name: string): string; headers: Headers }> {
    const response = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(200);
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    return { names: Object.keys(files).sort(), read: (name) => strFromU8(files[name] ?? new Uint8Array()), headers: response.headers };
  }

  it("hold every artifact of a build", async () => {
    const zip = await open(`/api/v1/builds/${buildId}/artifacts.zip`);
    expect(zip.names).toEqual(["boards/index/pcb.png", "boards/index/pcb.svg", "fabrication/gerbers.zip", 'odd "name" ü.txt', "page.html"]);
    expect(zip.read("boards/index/pcb.svg")).toBe(svg);
    expect(zip.headers.get("content-disposition")).toMatch(/^attachment; filename="pkg-[0-9a-f]+-build-1\.zip"/);
  });

  it("hold every file of a release", async () => {
    const zip = await open(`/api/v1/releases/${releaseId}/files.zip`);
    expect(zip.names).toEqual(["first.sh", "src/naïve file.txt"]);
    expect(zip.read("src/naïve file.txt")).toBe("text");
  });

  it("are not made of nothing", async () => {
    const { buildId: empty } = await pushTestRelease({ services: server.services, owner: ada });
    expect((await server.ask(`/api/v1/builds/${empty}/artifacts.zip`, { token })).status).toBe(404);
  });
});
