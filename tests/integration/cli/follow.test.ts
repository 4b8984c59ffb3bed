import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readLog } from "../../support/platform";
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

const ENDLESS = { "first.sh": "echo started; while :; do sleep 1; done" };
let folders = 0;

/** Pushes and waits for the end; the build's name. */
async function pushed(files: Record<string, string>): Promise<string> {
  const name = harness.packageName();
  const folder = await harness.put(`pushed-${(folders += 1)}`, files);
  const outcome = await harness.run(["push", folder, "--package", name, "--kind", "project"]);
  expect(outcome.code, outcome.stderr).toBeLessThan(2);
  return `${name}#1`;
}

async function buildOf(reference: string): Promise<{ id: string; status: string; number: number }> {
  const [name, number] = reference.split("#");
  return harness.platform.context.database.db.build.findFirstOrThrow({ where: { package: { name: name?.split("/")[1] }, number: Number(number) } });
}

describe("following a build", () => {
  it("goes on after the last event when the connection drops, again and again: no line is lost, none comes twice", async () => {
    const reference = await pushed({ "first.sh": "for i in $(seq 40); do echo line $i; done", "second.sh": "for i in $(seq 40); do echo second $i; done", "third.sh": "echo third" });
    proxy.fault = ({ path }) => (path.includes("/events") ? { cutAfterLines: 25 } : null);
    const outcome = await harness.run(["logs", "-f", reference, "--json"], { server: proxy.url });
    expect(outcome.code).toBe(0);
    const cursors = proxy.requests.filter((request) => request.includes("/events")).map((request) => /after_id=(\d+)/.exec(request)?.[1]);
    expect(cursors.slice(0, 3)).toEqual(["0", "25", "50"]);
    const events = parseLines(outcome.stdout);
    expect(events.map((event) => event.id)).toEqual(events.map((_event, index) => index + 1));
    const { id } = await buildOf(reference);
    expect(events.filter((event) => event.type === "build.log").map((event) => event.message)).toEqual((await readLog(harness.platform, id)).map((line) => line.text));
  });

  it("lives through a restart of the server in the middle of a build", async () => {
    const name = harness.packageName();
    const running = harness.start(["push", await harness.put("restarted", ENDLESS), "--package", name, "--kind", "project"]);
    await running.sees(/started/);
    await harness.stopServer();
    await running.sees(/connection to the server was lost; the build goes on/, "stderr");
    await harness.startServer();
    expect(await harness.run(["cancel", name])).toMatchObject({ code: 0 });
    const outcome = await running.done;
    expect(outcome.code).toBe(3);
    expect(outcome.stdout.match(/started/g)).toHaveLength(1);
  });

  it("says why when the server refuses in the middle of it", async () => {
    const reference = await pushed({ "first.sh": "echo hi" });
    proxy.fault = ({ path }) => (path.includes("/events") ? { answer: { status: 404, headers: { "content-type": "application/problem+json" }, body: JSON.stringify({ detail: "The build was not found.", code: "not_found" }) } } : null);
    expect(await harness.run(["logs", "-f", reference], { server: proxy.url })).toMatchObject({ code: 2, stderr: "slipway: The build was not found.\n" });
  });
});

describe("slipway logs", () => {
  it("prints all of it, or a stage's alone and without its name", async () => {
    const reference = await pushed({ "first.sh": "for i in $(seq 1500); do echo line $i; done", "second.sh": "echo two", "third.sh": "echo three" });
    const all = await harness.run(["logs", reference]);
    expect(all).toMatchObject({ code: 0, stderr: "" });
    expect(all.stdout.split("\n").filter((line) => line.startsWith("first  │ line "))).toHaveLength(1500);
    const second = await harness.run(["logs", reference, "--stage", "second"]);
    expect(second.stdout.split("\n")).toContain("two");
    expect(second.stdout).not.toMatch(/line|three/);
    const both = await harness.run(["logs", reference, "--stage", "second,third", "--json"]);
    expect([...new Set(parseLines(both.stdout).map((line) => line.stage))].sort()).toEqual(["second", "third"]);
    const followed = await harness.run(["logs", "-f", reference, "--stage", "second", "--stage", "third"]);
    expect(followed.stdout.split("\n")).toEqual(expect.arrayContaining(["second │ two", "third  │ three"]));
    expect(followed.stdout).not.toContain("first");
    expect(await harness.run(["logs", reference, "--stage", "fourth"])).toMatchObject({ code: 2, stderr: expect.stringContaining("Use any of: first, second, third") });
  });

  it("takes away what a line would do to the terminal", async () => {
    const reference = await pushed({ "first.sh": "printf '\\033]0;owned\\007\\033[2J\\033[31mred\\033[0m\\n'" });
    for (const args of [["logs", reference], ["logs", "-f", reference]]) {
      const { stdout } = await harness.run(args);
      expect(stdout).toContain("first  │ red\n");
      expect(stdout).not.toContain(ESCAPE);
    }
  });

  it("ends with the build's code when it follows, with 0 when it only prints", async () => {
    const reference = await pushed({ "first.sh": "exit 1" });
    const { id } = await buildOf(reference);
    for (const which of [reference, id, reference.replace("#1", "#latest"), reference.replace("#1", "")]) {
      expect((await harness.run(["logs", "-f", which])).code).toBe(1);
    }
    expect((await harness.run(["logs", reference])).code).toBe(0);
  });
});

describe("slipway rebuild", () => {
  it("builds the release again, follows, and reuses what fits", async () => {
    const reference = await pushed({ "first.sh": "echo hi", "second.sh": "echo two", "third.sh": "exit 3" });
    const failed = await harness.run(["rebuild", reference, "--mode", "failed"]);
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringMatching(/#2 failed/) });
    expect(failed.stdout).not.toContain("two");
    const all = await harness.run(["rebuild", reference, "--mode", "all", "--stage", "second", "--json"]);
    expect(all).toMatchObject({ code: 1, stderr: "" });
    expect(parseLines(all.stdout)[0]).toMatchObject({ object: "build", number: 3 });
    expect(parseLines(all.stdout).filter((event) => event.type === "build.log").map((event) => event.message)).toContain("two");
    expect(await harness.run(["rebuild", reference, "--stage", "nope"])).toMatchObject({ code: 2, stderr: expect.stringContaining("first, second, third") });
    expect(await harness.run(["rebuild", reference, "--mode", "some"])).toMatchObject({ code: 2 });
  });

  it("says so while a build of the release is under way", async () => {
    const name = harness.packageName();
    const running = harness.start(["push", await harness.put("busy", ENDLESS), "--package", name, "--kind", "project"]);
    await running.sees(/started/);
    expect(await harness.run(["rebuild", name])).toMatchObject({ code: 2, stderr: expect.stringMatching(/#1 of this release is under way/) });
    await harness.run(["cancel", name]);
    expect((await running.done).code).toBe(3);
    expect(await harness.run(["rebuild", name, "--no-follow"])).toMatchObject({ code: 0, stdout: `${name}#2\n` });
    expect((await harness.run(["cancel", name])).code).toBe(0);
  });
});

describe("slipway builds and open", () => {
  it("lists builds in a table, newest first, with what was asked for", async () => {
    const good = await pushed({ "first.sh": "echo hi", "second.sh": "echo", "third.sh": "echo" });
    const bad = await pushed({ "first.sh": "exit 9" });
    const all = await harness.run(["builds", "--workspace", harness.user.handle]);
    expect(all).toMatchObject({ code: 0, stderr: "" });
    expect(all.stdout.split("\n")[0]).toMatch(/^BUILD +STATUS +VERSION +REF +CREATED +TOOK +ERROR$/);
    expect(all.stdout.split("\n")[1]).toMatch(new RegExp(`^${bad} +failed +\\S+ .*first\\.sh ended with 9$`));
    expect(all.stdout.split("\n")[2]).toMatch(new RegExp(`^${good} +successful`));
    expect(all.stdout).not.toContain(ESCAPE);
    const failed = await harness.run(["builds", "--status", "failed", "--limit", "1", "--json"]);
    expect(JSON.parse(failed.stdout)).toMatchObject({ success: true, count: 1, builds: [{ status: "failed", package: bad.split("#")[0] }] });
    expect(await harness.run(["builds", "--status", "nearly"])).toMatchObject({ code: 2, stderr: expect.stringMatching(/pending, building, successful, failed or cancelled/) });
    expect(await harness.run(["builds", "--limit", "101"])).toMatchObject({ code: 2, stderr: expect.stringMatching(/from 1 to 100/) });
    expect(await harness.run(["builds", "--package", harness.packageName()])).toMatchObject({ code: 0, stdout: "", stderr: "No builds.\n" });
    expect(await harness.run(["logs", harness.packageName()])).toMatchObject({ code: 2, stderr: expect.stringMatching(/no build of/) });

    const { id } = await buildOf(good);
    const page = `${harness.url}/${good.replace("#", "/builds/")}`;
    expect(await harness.run(["open", id])).toMatchObject({ code: 0, stdout: `${page}\n` });
    expect(await harness.run(["open", good, "--json"])).toMatchObject({ code: 0, stdout: `${JSON.stringify({ url: page })}\n` });
    expect(await harness.run(["open", "ada/blinky"], { token: null })).toMatchObject({ code: 0, stdout: `${harness.url}/ada/blinky\n` });
  });
});
