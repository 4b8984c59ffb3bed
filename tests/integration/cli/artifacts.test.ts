import { createHash, randomBytes } from "node:crypto";
import { access, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openClientHarness, type ClientHarness } from "./client-harness";
import { openFaultyProxy, type FaultyProxy } from "./faulty-proxy";

const sha = (bytes: Buffer | string): string => createHash("sha256").update(bytes).digest("hex");
const BIG_BYTES = 300_000;

let harness: ClientHarness;
let proxy: FaultyProxy;
let build: string;
let big: Buffer;

beforeAll(async () => {
  harness = await openClientHarness({ worker: true });
  proxy = await openFaultyProxy({ target: harness.url });
  const name = harness.packageName();
  big = randomBytes(BIG_BYTES / 2);
  const folder = await harness.put("artifacts", {
    "first.sh": `mkdir -p /out/deep; echo hello > /out/a.txt; echo 'with blank' > '/out/deep/ü #1.txt'; echo '${big.toString("hex")}' > /out/big.hex`,
    "second.sh": "echo second > /out/b.txt",
    "third.sh": "true",
  });
  big = Buffer.from(`${big.toString("hex")}\n`);
  const outcome = await harness.run(["push", folder, "--package", name, "--kind", "project"]);
  expect(outcome.code, outcome.stderr).toBe(0);
  expect(outcome.stderr).toContain(`slipway artifacts get ${name}#1`);
  build = `${name}#1`;
});
afterEach(() => {
  proxy.fault = () => null;
  proxy.requests.length = 0;
});
afterAll(async () => {
  await proxy?.close();
  await harness?.close();
});

describe("slipway artifacts", () => {
  it("lists what there is", async () => {
    const table = await harness.run(["artifacts", "list", build]);
    expect(table).toMatchObject({ code: 0, stderr: "" });
    expect(table.stdout).toMatch(/^NAME +STAGE +SIZE +SHA-256\n/);
    expect(table.stdout).toMatch(new RegExp(`^first/a\\.txt +first +6 B +${sha("hello\n").slice(0, 12)}$`, "m"));
    const { artifacts } = JSON.parse((await harness.run(["artifacts", "list", build, "--json"])).stdout) as { artifacts: { name: string }[] };
    expect(artifacts.map((artifact) => artifact.name).sort()).toEqual(["first/a.txt", "first/big.hex", "first/deep/ü #1.txt", "second/b.txt"]);
  });

  it("gets all of them, checked, keeps what is there already, and replaces nothing unasked", async () => {
    const out = path.join(harness.folder, "all");
    expect(await harness.run(["artifacts", "get", build, "-o", out])).toMatchObject({ code: 0, stderr: expect.stringContaining("4 artifacts") });
    expect(await readFile(path.join(out, "first/a.txt"), "utf8")).toBe("hello\n");
    expect(await readFile(path.join(out, "first/deep/ü #1.txt"), "utf8")).toBe("with blank\n");
    expect((await readFile(path.join(out, "first/big.hex"))).equals(big)).toBe(true);
    await writeFile(path.join(out, "second/b.txt"), "changed");
    const refused = await harness.run(["artifacts", "get", build, "-o", out, "--json"]);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(JSON.parse(refused.stderr)).toMatchObject({ code: "file_exists", detail: expect.stringContaining("second/b.txt is in "), fix: expect.stringContaining("--force") });
    expect(await readFile(path.join(out, "second/b.txt"), "utf8")).toBe("changed");
    const again = await harness.run(["artifacts", "get", build, "-o", out, "--json", "--force"]);
    const document = JSON.parse(again.stdout) as { artifacts: { name: string; action: string; file: string; sha256: string }[] };
    expect(Object.fromEntries(document.artifacts.map((artifact) => [artifact.name, artifact.action]))).toEqual({ "first/a.txt": "kept", "first/big.hex": "kept", "first/deep/ü #1.txt": "kept", "second/b.txt": "saved" });
    for (const { file, sha256 } of document.artifacts) expect(sha(await readFile(file))).toBe(sha256);
  });

  it("gets those named, and folders of them", async () => {
    const out = path.join(harness.folder, "some");
    expect((await harness.run(["artifacts", "get", build, "second/b.txt", "first/deep/", "-o", out])).code).toBe(0);
    expect((await readdir(out, { recursive: true })).sort()).toEqual(["first", "first/deep", "first/deep/ü #1.txt", "second", "second/b.txt"]);
    expect(await harness.run(["artifacts", "get", build, "first/none", "-o", out])).toMatchObject({ code: 2, stderr: expect.stringMatching(/no artifact first\/none[^]*slipway artifacts list/) });
  });

  it("goes on where a connection broke off, within a run and after it", async () => {
    const out = path.join(harness.folder, "broken");
    const ranges: (string | undefined)[] = [];
    let cuts = 0;
    proxy.fault = ({ path: asked, headers }) => {
      if (!asked.includes("big.hex")) return null;
      ranges.push(headers.range);
      return (cuts += 1) <= 2 ? { cutAfterBytes: 100_000 } : null;
    };
    const outcome = await harness.run(["artifacts", "get", build, "first/big.hex", "-o", out], { server: proxy.url });
    expect(outcome).toMatchObject({ code: 0 });
    expect(ranges).toEqual([undefined, "bytes=100000-", "bytes=200000-"]);
    expect((await readFile(path.join(out, "first/big.hex"))).equals(big)).toBe(true);
    expect(await readdir(path.join(out, "first"))).toEqual(["big.hex"]);

    // What an earlier run left behind.
    const later = path.join(harness.folder, "later");
    await mkdir(path.join(later, "first"), { recursive: true });
    await writeFile(path.join(later, `first/big.hex.${sha(big).slice(0, 12)}.part`), big.subarray(0, 250_000));
    proxy.fault = ({ headers }) => (ranges.push(headers.range), null);
    expect((await harness.run(["artifacts", "get", build, "first/big.hex", "-o", later], { server: proxy.url })).code).toBe(0);
    expect(ranges.at(-1)).toBe("bytes=250000-");
    expect((await readFile(path.join(later, "first/big.hex"))).equals(big)).toBe(true);
  });

  it("keeps nothing whose checksum is wrong, and leaves the file that was there", async () => {
    const out = path.join(harness.folder, "altered");
    await mkdir(path.join(out, "first"), { recursive: true });
    await writeFile(path.join(out, "first/a.txt"), "mine");
    proxy.fault = ({ path: asked }) => (asked.includes("a.txt") ? { alter: () => Buffer.from("HELLO\n") } : null);
    expect(await harness.run(["artifacts", "get", build, "first/a.txt", "-o", out, "--force"], { server: proxy.url })).toMatchObject({ code: 5, stderr: expect.stringMatching(/first\/a\.txt came with other bytes/) });
    expect(await readdir(path.join(out, "first"))).toEqual(["a.txt"]);
    expect(await readFile(path.join(out, "first/a.txt"), "utf8")).toBe("mine");
  });

  it("writes nothing outside of the folder, whatever an artifact is called and wherever links lead", async () => {
    const out = path.join(harness.folder, "safe/out");
    const evil = JSON.stringify({ success: true, count: 2, artifacts: ["fine.txt", "../evil.txt"].map((name) => ({ name, stage: "first", size: 6, sha256: sha("hello\n") })) });
    proxy.fault = ({ path: asked }) => (asked.endsWith("/artifacts") ? { answer: { status: 200, body: evil } } : null);
    expect(await harness.run(["artifacts", "get", build, "-o", out], { server: proxy.url })).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining('"../evil.txt"') });
    await expect(access(path.join(harness.folder, "safe"))).rejects.toThrow(/ENOENT/);

    const outside = path.join(harness.folder, "outside");
    await mkdir(outside);
    await mkdir(out, { recursive: true });
    await symlink(outside, path.join(out, "second"));
    expect(await harness.run(["artifacts", "get", build, "second/", "-o", out])).toMatchObject({ code: 2, stderr: expect.stringContaining("is a link") });
    expect(await readdir(outside)).toEqual([]);
    expect((await stat(outside)).isDirectory()).toBe(true);
  });
});
