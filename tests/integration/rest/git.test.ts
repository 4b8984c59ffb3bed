/** Releases from git, against git's own server program behind HTTP and HTTPS on loopback. */
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fetchCommit } from "~/server/services/releases/git/fetch-commit";
import { DEFAULT_GIT_SETTINGS, type GitSettings } from "~/server/services/context";
import { createTestUser } from "../../factories/users";
import { openApiServer, type Answer, type ApiServer } from "../../support/api-server";
import { openGitServer, type GitServer } from "../../support/git-server";

let git: GitServer;
let server: ApiServer;
let token: string;
let name: string;

beforeAll(async () => {
  git = await openGitServer();
  const { hostname, port } = new URL(git.httpsUrl);
  const plain = new URL(git.httpUrl);
  server = await openApiServer({
    git: {
      allowedHosts: [
        { protocol: "https:", hostname, port: Number(port) },
        { protocol: "http:", hostname: plain.hostname, port: Number(plain.port) },
      ],
      caFile: git.caFile,
    },
  });
  const ada = await createTestUser({ services: server.services });
  token = (await ada.token()).token;
  name = `${ada.handle}/fetched`;
  await server.ask("/api/v1/packages", { token, json: { package: name, kind: "project" } });
});
afterAll(async () => {
  await server.close();
  await git.close();
});

const push = (source: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<Answer> =>
  server.ask(`/api/v1/packages/${name}/releases`, { token, json: { git: source, ...more } });

async function recordOf(answer: Answer) {
  expect(answer.json).toMatchObject({ success: true });
  return (await server.ask(`/api/v1/releases/${answer.json.release_id}`, { token })).json;
}

describe("a release from git", () => {
  it("is the default branch by HTTPS, with its commit recorded", async () => {
    const repository = await git.create("plain", [{ "first.sh": "echo 1", "lib/a.txt": "a" }]);
    const release = await recordOf(await push({ url: repository.httpsUrl }));
    expect(release).toMatchObject({ commit_sha: repository.commits[0], ref: "HEAD", file_count: 2 });
    expect(release.files.map((file: { path: string }) => file.path).sort()).toEqual(["first.sh", "lib/a.txt"]);
  });

  it("may be a branch, a tag, or a commit of the past", async () => {
    const repository = await git.create("history", [{ "first.sh": "echo old" }, { "first.sh": "echo new" }], { tags: { "v1.0.0": 0 }, branches: { "feature/x": 0 } });
    for (const [ref, index] of [["main", 1], ["v1.0.0", 0], ["feature/x", 0], [repository.commits[0] ?? "", 0]] as const) {
      expect(await recordOf(await push({ url: repository.httpsUrl, ref }))).toMatchObject({ commit_sha: repository.commits[index], ref });
    }
  });

  it("may come by plain HTTP from a host that the operator listed so", async () => {
    const repository = await git.create("unencrypted", [{ "first.sh": "echo" }]);
    expect(await recordOf(await push({ url: repository.httpUrl }))).toMatchObject({ commit_sha: repository.commits[0] });
  });

  it("takes files as they are: no filter, no pointer of large files followed, no submodule", async () => {
    const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";
    const repository = await git.create("filters", [{ "first.sh": "echo\r\n", "big.bin": pointer, ".gitattributes": "* text=auto eol=lf\n*.bin filter=lfs\n", ".gitmodules": '[submodule "x"]\n\tpath = x\n\turl = https://127.0.0.1/x\n' }], { submodule: "x" });
    const release = await recordOf(await push({ url: repository.httpsUrl }));
    expect(release.files.map((file: { path: string }) => file.path).sort()).toEqual([".gitattributes", ".gitmodules", "big.bin", "first.sh"]);
    const big = await server.services.blobs.get(release.files.find((file: { path: string }) => file.path === "big.bin").sha256);
    expect(Buffer.from(big).toString()).toBe(pointer);
  });

  it("works for builds too, and says which fields it decides itself", async () => {
    const repository = await git.create("builds", [{ "first.sh": "echo" }]);
    const built = await server.ask("/api/v1/builds", { token, json: { kind: "project", package: `${name}-built`, git: { url: repository.httpsUrl } } });
    expect(built.status).toBe(202);
    const clash = await push({ url: repository.httpsUrl }, { commit_sha: "0123abc", ref: "main" });
    expect(clash.json.errors.map((each: { path: string }) => each.path)).toEqual(["commit_sha", "ref"]);
  });
});

describe("what git may not bring", () => {
  async function refused(source: Record<string, unknown>, path: string, message: RegExp, status = 422) {
    const before = await server.services.database.db.release.count();
    const answer = await push(source);
    expect(answer.json).toMatchObject({ status, errors: [{ path, message: expect.stringMatching(message) }] });
    expect(await server.services.database.db.release.count()).toBe(before);
  }

  it("symbolic links", async () => {
    const repository = await git.create("links", [{ "first.sh": "echo" }], { symlink: { at: "shadow", to: "/etc/shadow" } });
    await refused({ url: repository.httpsUrl }, "git", /"shadow".*symbolic link/);
  });

  it("a ref or a repository that is not there", async () => {
    const repository = await git.create("small", [{ "first.sh": "echo" }]);
    await refused({ url: repository.httpsUrl, ref: "nowhere" }, "git.ref", /is no branch, tag or commit/);
    await refused({ url: `${git.httpsUrl}/absent.git` }, "git.url", /names no repository/);
  });

  it.each(["--upload-pack=touch /tmp/x", "-x", "a:b", "+main", "a..b", "main^", "a b", "", "a@{1}", "x.lock", "refs//x"])("the ref %j", async (ref) => {
    await refused({ url: `${git.httpsUrl}/small.git`, ref }, "git.ref", /./);
  });

  it("a redirect, wherever it leads", async () => {
    await refused({ url: `${git.httpsUrl}/redirect/small.git` }, "git.url", /redirect/);
    expect(git.visits()).not.toContain("/small.git/from-redirect");
  });

  it("more than a release may have", async () => {
    const repository = await git.create("bomb", [{ "zeros.bin": Buffer.alloc(60 * 1024 * 1024) }]);
    await refused({ url: repository.httpsUrl }, "git", /50 MB.*"zeros\.bin"/, 413);
  });

  it("a certificate that nobody trusts", async () => {
    const repository = await git.create("untrusted", [{ "first.sh": "echo" }]);
    const batch = server.services.blobs.beginBatch();
    const settings = { ...server.services.git, caFile: undefined };
    await expect(fetchCommit({ source: { url: repository.httpsUrl }, settings, batch })).rejects.toMatchObject({ fields: [{ path: "git.url", message: expect.stringContaining("certificate") }] });
  });
});

describe("a connection", () => {
  const url = (): URL => Object.assign(new URL(git.httpUrl), { hostname: "git.slipway.invalid" });
  const vouched = (): GitSettings => ({ allowedHosts: [{ protocol: "http:", hostname: url().hostname, port: Number(url().port) }], caFile: undefined });

  it("goes to the address that was checked: git asks no name server of its own", async () => {
    const repository = await git.create("pinned", [{ "first.sh": "echo" }]);
    const batch = server.services.blobs.beginBatch();
    const fetched = await fetchCommit({ source: { url: `${url().origin}/pinned.git` }, settings: vouched(), batch, lookUp: () => Promise.resolve(["127.0.0.1"]) });
    await batch.discard();
    expect(fetched).toMatchObject({ commitSha: repository.commits[0], files: [{ path: "first.sh" }] });
  });

  it("is not made when the name leads inside, be it with one address of several", async () => {
    const before = git.visits().length;
    for (const addresses of [["127.0.0.1"], ["93.184.215.14", "10.0.0.1"], ["2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::1"], ["not an address"]]) {
      const batch = server.services.blobs.beginBatch();
      const fetching = fetchCommit({ source: { url: "https://git.slipway.invalid/pinned.git" }, settings: DEFAULT_GIT_SETTINGS, batch, lookUp: () => Promise.resolve(addresses) });
      await expect(fetching).rejects.toMatchObject({ userMessage: expect.stringContaining("not on the public internet") });
    }
    expect(git.visits()).toHaveLength(before);
  });

  it("ends with its caller, and leaves no process and no folder", async () => {
    const leaving = new AbortController();
    const batch = server.services.blobs.beginBatch();
    const fetching = fetchCommit({ source: { url: `${url().origin}/hang/x.git` }, settings: vouched(), batch, signal: leaving.signal, lookUp: () => Promise.resolve(["127.0.0.1"]) });
    const ended = expect(fetching).rejects.toThrow("gone");
    await git.visited("/hang/x.git/info/refs");
    leaving.abort(new Error("gone"));
    await ended;
    expect((await readdir(tmpdir())).filter((entry) => /^slipway-git-(?!server-)/.test(entry))).toEqual([]);
    const commands = await Promise.all((await readdir("/proc")).filter((entry) => /^\d+$/.test(entry)).map((id) => readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "")));
    expect(commands.filter((command) => command.includes("/hang/x.git"))).toEqual([]);
  });
});

describe("addresses that are not for everybody", () => {
  it.each([
    "https://127.0.0.1/a.git", "https://localhost/a.git", "https://localhost./a.git", "https://LOCALHOST/a.git", "https://[::1]/a.git", "https://[::]/a.git", "https://0.0.0.0/a.git", "https://0/a.git",
    "https://2130706433/a.git", "https://0x7f000001/a.git", "https://0x7f.1/a.git", "https://0177.0.0.1/a.git", "https://127.1/a.git", "https://017700000001/a.git",
    "https://10.0.0.1/a.git", "https://172.16.5.4/a.git", "https://192.168.1.1/a.git", "https://169.254.169.254/latest/meta-data", "https://100.64.0.1/a.git", "https://224.0.0.1/a.git", "https://255.255.255.255/a.git", "https://240.0.0.1/a.git", "https://192.0.2.1/a.git", "https://198.18.0.1/a.git",
    "https://[::ffff:127.0.0.1]/a.git", "https://[::ffff:7f00:1]/a.git", "https://[::127.0.0.1]/a.git", "https://[fe80::1]/a.git", "https://[fc00::1]/a.git", "https://[fd12:3456::1]/a.git", "https://[ff02::1]/a.git", "https://[64:ff9b::7f00:1]/a.git", "https://[2002:7f00:1::]/a.git", "https://[2001::1]/a.git", "https://[2001:db8::1]/a.git",
    "https://①②⑦.0.0.1/a.git", "https://127。0。0。1/a.git",
  ])("%s", async (url) => {
    const answer = await push({ url });
    expect(answer.json).toMatchObject({ status: 422, errors: [{ path: "git.url", message: expect.stringMatching(/not on the public internet|can't be found/) }] });
  });

  it.each([
    ["http://github.com/a/b.git", /https/], ["git://github.com/a/b.git", /https/], ["ssh://git@github.com/a/b.git", /https/], ["git@github.com:a/b.git", /not a URL/], ["file:///etc", /https/], ["ext::sh -c id", /not a URL/], ["--upload-pack=id", /not a URL/],
    ["https://user:secret@github.com/a.git", /user name or password/], ["https://secret@github.com/a.git", /user name or password/], ["https://github.com:22/a.git", /usual port/], ["https://github.com/", /name a repository/],
    ["https://github.com/a.git?x=1", /no `\?`/], ["https://github.com/a.git#x", /no `\?`/], ["https://github.com/a%0ahost=evil.git", /name a repository/], ["https://github.com\\@127.0.0.1/a.git", /not a URL/], ["https://github.com /a.git", /not a URL/], ["https://git\u0000hub.com/a", /not a URL|NUL/],
    ["https://nowhere.invalid/a.git", /can't be found/], ["https:///a.git", /./], ["", /./],
  ])("%s", async (url, message) => {
    const answer = await push({ url });
    expect(answer.json).toMatchObject({ status: 422, errors: [{ path: "git.url", message: expect.stringMatching(message) }] });
    expect(answer.text).not.toContain("secret");
  });
});
