import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ESCAPE, openClientHarness, parseLines, type ClientHarness } from "./client-harness";
import { openFaultyProxy, type FaultyProxy } from "./faulty-proxy";

let harness: ClientHarness;
let proxy: FaultyProxy;

beforeAll(async () => {
  harness = await openClientHarness({ worker: true });
  proxy = await openFaultyProxy({ target: harness.url });
});
afterEach(() => {
  proxy.fault = () => null;
  proxy.requests.length = 0;
});
afterAll(async () => {
  await proxy?.close();
  await harness?.close();
});

const GOOD = { "first.sh": "echo one; echo two >&2; printf '\\033[31mred\\033[0m\\n'", "second.sh": "echo second", "third.sh": "echo third" };
const BAD = { "first.sh": "echo before; exit 7" };
const push = (name: string): string[] => ["push", ".", "--package", name, "--kind", "project"];
const buildsOf = (name: string) => harness.platform.context.database.db.build.findMany({ where: { package: { name: name.split("/")[1] } }, include: { release: true, package: true } });

describe("slipway push", () => {
  it("shows the log of a build that succeeds and ends with 0, without colours in a pipe", async () => {
    const name = harness.packageName();
    const outcome = await harness.run(push(name), { cwd: await harness.put("good", GOOD) });
    expect(outcome).toMatchObject({ code: 0 });
    const lines = outcome.stdout.split("\n");
    for (const line of ["first  │ one", "first  │ two", "first  │ red", "second │ second", "third  │ third"]) expect(lines).toContain(line);
    expect(outcome.stderr).toContain(`Sent 3 files`);
    expect(outcome.stderr).toContain(`${harness.url}/${name}/builds/1`);
    expect(outcome.stderr).toMatch(/✓ third successful[^]*#1 successful in /);
    expect(outcome.stdout + outcome.stderr).not.toContain(ESCAPE);
    expect(outcome.stdout + outcome.stderr).not.toContain("\r");
  });

  it("ends with 1 when the build fails, and says why", async () => {
    const outcome = await harness.run(push(harness.packageName()), { cwd: await harness.put("bad", BAD) });
    expect(outcome.code).toBe(1);
    expect(outcome.stdout).toContain("first  │ before\n");
    expect(outcome.stderr).toMatch(/✗ first failed[^]*first\.sh ended with 7[^]*#1 failed in /);
  });

  it("shows lines while the build runs, and ends with 3 when it is cancelled", async () => {
    const name = harness.packageName();
    const running = harness.start(push(name), { cwd: await harness.put("endless", { "first.sh": "echo started; while :; do sleep 1; done" }) });
    await running.sees(/first {2}│ started/);
    const cancelled = await harness.run(["cancel", `${name}#1`]);
    expect(cancelled).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Cancelled .*#1 in [\d.]+ m?s: nothing of it runs any more\.\n$/) });
    expect(await running.done).toMatchObject({ code: 3, stderr: expect.stringMatching(/#1 cancelled/) });
    expect(await harness.run(["cancel", `${name}#1`])).toMatchObject({ code: 2, stderr: expect.stringMatching(/is over \(cancelled\)/) });
  });

  it("stops following at Ctrl-C, ends with 130, and leaves the build alone", async () => {
    const name = harness.packageName();
    const running = harness.start(push(name), { cwd: await harness.put("interrupted", { "first.sh": "echo started; while :; do sleep 1; done" }) });
    await running.sees(/started/);
    running.child.kill("SIGINT");
    expect(await running.done).toMatchObject({ code: 130, stderr: expect.stringContaining(`slipway cancel ${name}#1`) });
    expect((await buildsOf(name)).map((build) => build.status)).toEqual(["building"]);
    expect(await harness.run(["cancel", name, "--json"])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\{.*"status":"cancelled".*\}\n$/) });
  });

  it("says what is known when Ctrl-C comes before the answer", async () => {
    const name = harness.packageName();
    proxy.fault = ({ method }) => (method === "POST" ? { lose: "answer" } : null);
    const running = harness.start(push(name), { cwd: await harness.put("unanswered", GOOD), server: proxy.url });
    await running.sees(/trying again/, "stderr");
    running.child.kill("SIGINT");
    expect(await running.done).toMatchObject({ code: 130, stdout: "", stderr: expect.stringContaining(`it may have started the build.\n  → Look: slipway builds --package ${name}`) });
  });

  it("sends what .gitignore leaves, byte for byte, with what git says of the folder", async () => {
    const name = harness.packageName();
    const binary = Buffer.from([0, 255, 254, 10, 13]);
    const folder = await harness.put("tree", { ...GOOD, ".gitignore": "*.log\n/out/\n", "keep.txt": "é\r\n", "x.log": "no", "out/x": "no", "sub/.gitignore": "!y.log\nz\n", "sub/y.log": "yes", "sub/z": "no", "node_modules/m/i.js": "no" });
    execFileSync("node", ["-e", `require("fs").writeFileSync("sub/bytes", Buffer.from([${[...binary].join()}]))`], { cwd: folder });
    const git = (...args: string[]): string => execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...args], { cwd: folder, encoding: "utf8" }).trim();
    git("init", "-q", "-b", "trunk");
    git("add", ".");
    git("commit", "-q", "-m", "all");
    const outcome = await harness.run([...push(name), "--version", "2.0.0", "--label", "team=power", "--no-follow"], { cwd: folder });
    expect(outcome).toMatchObject({ code: 0, stdout: `${name}#1\n` });
    expect(outcome.stderr).not.toContain("differs from commit");
    const [build] = await buildsOf(name);
    expect(build).toMatchObject({ release: { version: "2.0.0", commitSha: git("rev-parse", "HEAD"), ref: "trunk" }, package: { labels: { team: "power" }, kind: "project" } });
    const release = await fetch(`${harness.url}/api/v1/releases/${build?.releaseId}`, { headers: { authorization: `Bearer ${harness.token}` } });
    const { files } = await release.json() as { files: { path: string; sha256: string }[] };
    expect(files.map((file) => file.path).sort()).toEqual([".gitignore", "first.sh", "keep.txt", "second.sh", "sub/.gitignore", "sub/bytes", "sub/y.log", "third.sh"]);
    const sha = (bytes: Buffer | string): string => createHash("sha256").update(bytes).digest("hex");
    expect(Object.fromEntries(files.map((file) => [file.path, file.sha256]))).toMatchObject({ "keep.txt": sha("é\r\n"), "sub/bytes": sha(binary) });
  });

  it("names the package after the folder, and knows the kind of one that exists", async () => {
    const folder = await harness.put("My Scripts", { "first.sh": "echo hi" });
    expect(await harness.run(["push"], { cwd: folder })).toMatchObject({ code: 2, stderr: expect.stringMatching(/do not say what kind[^]*--kind circuit\|/) });
    expect(await harness.run(["push", "--kind", "project", "--no-follow"], { cwd: folder })).toMatchObject({ code: 0, stdout: `${harness.user.handle}/my-scripts#1\n` });
    expect(await harness.run(["push", folder, "--no-follow"])).toMatchObject({ code: 0, stdout: `${harness.user.handle}/my-scripts#2\n` });
  });

  it("prints nothing but JSON with --json: the build, then each event in order", async () => {
    const outcome = await harness.run([...push(harness.packageName()), "--json"], { cwd: await harness.put("json", GOOD) });
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    const [build, ...events] = parseLines(outcome.stdout);
    expect(build).toMatchObject({ object: "build", build_id: expect.stringMatching(/^build_/), status: "pending", number: 1 });
    expect(events[0]).toMatchObject({ object: "build.event", id: 1, type: "build.created" });
    expect(events.at(-1)).toMatchObject({ type: "build.completed", status: "successful" });
    expect(events.map((event) => event.id)).toEqual(events.map((_event, index) => index + 1));
  });

  it("builds once although the answer was lost", async () => {
    const name = harness.packageName();
    let lost = 0;
    proxy.fault = ({ method, path }) => (method === "POST" && path === "/api/v1/builds" && (lost += 1) <= 2 ? { lose: "answer" } : null);
    const outcome = await harness.run([...push(name), "--no-follow"], { cwd: await harness.put("lost", GOOD), server: proxy.url });
    expect(outcome).toMatchObject({ code: 0, stdout: `${name}#1\n`, stderr: expect.stringContaining("trying again") });
    expect(proxy.requests.filter((request) => request === "POST /api/v1/builds")).toHaveLength(3);
    expect(await buildsOf(name)).toHaveLength(1);
  });

  it("waits as long as the server says, when that is short", async () => {
    const name = harness.packageName();
    const problem = (seconds: string) => ({ answer: { status: 429, headers: { "retry-after": seconds, "content-type": "application/problem+json" }, body: JSON.stringify({ detail: "That is more than 10 new builds a minute.", code: "too_many_requests" }) } });
    let refused = 0;
    proxy.fault = ({ method }) => (method === "POST" && (refused += 1) === 1 ? problem("1") : null);
    const folder = await harness.put("limited", GOOD);
    const outcome = await harness.run([...push(name), "--no-follow"], { cwd: folder, server: proxy.url });
    expect(outcome).toMatchObject({ code: 0, stdout: `${name}#1\n`, stderr: expect.stringContaining("says to wait 1 s") });
    proxy.fault = ({ method }) => (method === "POST" ? problem("3600") : null);
    expect(await harness.run([...push(name), "--no-follow"], { cwd: folder, server: proxy.url })).toMatchObject({ code: 5, stderr: expect.stringContaining("more than 10 new builds a minute") });
  });

  it("says what the server refuses, with the fields", async () => {
    const folder = await harness.put("refused", GOOD);
    expect(await harness.run([...push(harness.packageName()), "--version", "one"], { cwd: folder })).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(/version/) });
    const two = await harness.run(["push", "--package", harness.packageName(), "--kind", "nonsense", "--commit", "zzz", "--json"], { cwd: folder });
    expect(two).toMatchObject({ code: 2, stdout: "" });
    expect(JSON.parse(two.stderr)).toMatchObject({ success: false, code: "validation_failed", status: 422, exit_code: 2, errors: expect.arrayContaining([expect.objectContaining({ path: expect.any(String) })]) });
    expect(await harness.run(["push", "--package", "nobody-here/x", "--kind", "project"], { cwd: folder })).toMatchObject({ code: 2, stderr: expect.stringMatching(/was not found/) });
    expect(await harness.run(["push", "--package", "Not A Name"], { cwd: folder })).toMatchObject({ code: 2, stderr: expect.stringMatching(/--package ada\/blinky/) });
    expect(await harness.run(["push", "--label", "x"], { cwd: folder })).toMatchObject({ code: 2, stderr: expect.stringMatching(/key=value/) });
  });
});
