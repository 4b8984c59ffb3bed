import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CLIENT_COMMANDS } from "../../../scripts/bootstrap/client-commands.mjs";
import { ESCAPE, openClientHarness, type ClientHarness } from "./client-harness";

const execFileAsync = promisify(execFile);

let harness: ClientHarness;
let other: string;

beforeAll(async () => {
  harness = await openClientHarness({ worker: false });
  other = (await harness.user.token(["builds:read"])).token;
});
afterEach(() => rm(path.dirname(harness.configFile), { recursive: true, force: true }));
afterAll(() => harness?.close());

const BARE = { server: "", token: null };

describe("slipway login, whoami and logout", () => {
  it("checks the token, keeps it for its owner's eyes only, and forgets it again", async () => {
    const signedIn = await harness.run(["login", "--server", `${harness.url}/`], { ...BARE, input: `${harness.token}\n` });
    expect(signedIn).toMatchObject({ code: 0, stdout: `Signed in to ${harness.url} as ${harness.user.handle}. The token is kept in ${harness.configFile}.\n` });
    expect((await stat(harness.configFile)).mode & 0o777).toBe(0o600);
    expect((await stat(path.dirname(harness.configFile))).mode & 0o777).toBe(0o700);
    expect(JSON.parse(await readFile(harness.configFile, "utf8"))).toEqual({ server: harness.url, token: harness.token });

    const me = await harness.run(["whoami"], BARE);
    expect(me).toMatchObject({ code: 0, stderr: "" });
    expect(me.stdout).toContain(`${harness.user.handle} (User ${harness.user.handle}, ${harness.user.email}) at ${harness.url}\nworkspaces: ${harness.user.handle} (owner)\ntoken: read from ${harness.configFile}\n`);
    expect(JSON.parse((await harness.run(["whoami", "--json"], BARE)).stdout)).toMatchObject({ server: harness.url, user: { handle: harness.user.handle }, workspaces: [{ slug: harness.user.handle }] });

    expect(await harness.run(["logout"], BARE)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Forgot the server and its token\./) });
    await expect(stat(harness.configFile)).rejects.toThrow(/ENOENT/);
    expect(await harness.run(["whoami", "--server", harness.url], BARE)).toMatchObject({ code: 4, stderr: expect.stringContaining(`slipway login --server ${harness.url}`) });
  });

  it("keeps what was saved when the new token does not hold", async () => {
    expect((await harness.run(["login", "--token", harness.token], { ...BARE, server: harness.url })).code).toBe(0);
    const wrong = `slw_${"x".repeat(43)}`;
    expect(await harness.run(["login", "--token", wrong, "--json"], BARE)).toMatchObject({ code: 4, stdout: "" });
    expect(await harness.run(["login"], { ...BARE, input: "hunter2" })).toMatchObject({ code: 2, stderr: expect.stringMatching(/^(?![^]*hunter2)[^]*slw_/) });
    expect(await harness.run(["login"], { ...BARE, input: "" })).toMatchObject({ code: 2, stderr: expect.stringContaining("No token was given") });
    expect(JSON.parse(await readFile(harness.configFile, "utf8"))).toMatchObject({ token: harness.token });
  });

  it("takes flags before the environment, and that before the file; a saved token goes to its own server only", async () => {
    await harness.run(["login", "--server", harness.url, "--token", harness.token], BARE);
    const bad = `slw_${"y".repeat(43)}`;
    expect(await harness.run(["whoami"], { server: "", token: bad })).toMatchObject({ code: 4, stderr: expect.stringContaining("read from SLIPWAY_TOKEN") });
    expect(await harness.run(["whoami", "--token", other], { server: "", token: bad })).toMatchObject({ code: 0, stdout: expect.stringContaining("token: given with --token") });
    const elsewhere = harness.url.replace("127.0.0.1", "localhost");
    expect(await harness.run(["whoami", "--server", elsewhere], BARE)).toMatchObject({ code: 4, stderr: expect.stringContaining(`not signed in to ${elsewhere}`) });
  });

  it("warns of a file that others can read, and says how to mend a broken one", async () => {
    await mkdir(path.dirname(harness.configFile), { recursive: true });
    await writeFile(harness.configFile, JSON.stringify({ server: harness.url, token: harness.token }));
    await chmod(harness.configFile, 0o644);
    expect(await harness.run(["whoami"], BARE)).toMatchObject({ code: 0, stderr: expect.stringContaining("chmod 600") });
    await writeFile(harness.configFile, "{");
    expect(await harness.run(["whoami"], BARE)).toMatchObject({ code: 2, stderr: expect.stringContaining("slipway login") });
    expect((await harness.run(["login", "--server", harness.url, "--token", harness.token], BARE)).code).toBe(0);
    expect((await stat(harness.configFile)).mode & 0o777).toBe(0o600);
  });
});

describe("errors", () => {
  it("says how to reach a server that does not answer", async () => {
    const refused = await harness.run(["builds"], { server: "http://127.0.0.1:1" });
    expect(refused).toMatchObject({ code: 5, stdout: "", stderr: expect.stringMatching(/^slipway: Nothing answers at http:\/\/127\.0\.0\.1:1\.\n {2}→ Start Slipway there/) });
    expect(await harness.run(["builds"], { server: "http://no-such-host.invalid" })).toMatchObject({ code: 5, stderr: expect.stringContaining("no host called no-such-host.invalid") });
    expect(await harness.run(["builds"], { server: harness.url.replace("http:", "https:") })).toMatchObject({ code: 5, stderr: expect.stringContaining(`without TLS, write ${harness.url};`) });
    expect(await harness.run(["builds"], { server: "not-a-url" })).toMatchObject({ code: 2, stderr: expect.stringContaining("https://slipway.example.com") });
    const json = await harness.run(["builds", "--json"], { server: "http://127.0.0.1:1" });
    expect(JSON.parse(json.stderr)).toMatchObject({ success: false, code: "unreachable", exit_code: 5, fix: expect.any(String) });
  });

  it("tells an expired token from one without the scope", async () => {
    const soon = await harness.user.token(["builds:read"], new Date(Date.now() + 3_600_000));
    await harness.platform.context.database.db.apiToken.update({ where: { id: soon.id }, data: { expiresAt: new Date(Date.now() - 1_000) } });
    const expired = await harness.run(["builds"], { token: soon.token });
    expect(expired).toMatchObject({ code: 4, stderr: expect.stringMatching(/read from SLIPWAY_TOKEN\. If it expired or was revoked, make a new one at .*\/settings/) });
    const folder = await harness.put("scoped", { "first.sh": "echo" });
    const denied = await harness.run(["push", folder, "--kind", "project"], { token: other });
    expect(denied).toMatchObject({ code: 4, stderr: expect.stringContaining("builds:write") });
    expect(await harness.run(["push", folder, "--kind", "project"], { token: null })).toMatchObject({ code: 4, stderr: expect.stringContaining("You are not signed in") });
  });

  it("needs nothing of the server's own configuration", async () => {
    expect((await harness.run(["whoami"], { env: { PORT: "none", DATABASE_URL: "nonsense" } })).code).toBe(0);
  });

  it("shows its help without a server, and takes wrong flags for wrong use", async () => {
    const help = await harness.run(["--help"], BARE);
    expect(help).toMatchObject({ code: 0, stderr: "" });
    for (const command of ["login", "push", "logs", "artifacts", "doctor", "token"]) expect(help.stdout).toMatch(new RegExp(`^ {2}${command}\\b`, "m"));
    // The starter runs these, and no others, where they were called.
    const [, own = ""] = /^Sign in:\n([^]*?)^Run this installation:/m.exec(help.stdout) ?? [];
    expect([...own.matchAll(/^ {2}(\w+)/gm)].map((match) => match[1]).sort()).toEqual(CLIENT_COMMANDS.filter((name) => name !== "help").sort());
    for (const command of ["push", "token"]) expect(await harness.run(["help", command], BARE)).toMatchObject({ code: 0, stdout: expect.stringContaining(`Usage: slipway ${command}`) });
    expect(await harness.run(["push", "--nonsense"])).toMatchObject({ code: 2, stderr: expect.stringContaining("--nonsense") });
    expect(await harness.run(["nonsense"])).toMatchObject({ code: 2 });
    for (const [args, detail] of [[["builds", "--nonsense"], /--nonsense/], [["builds", "--limit", "0"], /from 1 to 100/], [["nonsense"], /nonsense/], [["logs"], /build/]] as const) {
      const asked = await harness.run([...args, "--json"]);
      expect(asked).toMatchObject({ code: 2, stdout: "" });
      expect(JSON.parse(asked.stderr)).toMatchObject({ success: false, code: "usage", detail: expect.stringMatching(detail), exit_code: 2, fix: expect.any(String) });
    }
    expect(await harness.run(["logs", "12"])).toMatchObject({ code: 2, stderr: expect.stringContaining("ada/blinky#12") });
  });
});

describe("on a terminal", () => {
  /** Runs it with a terminal of its own; what the terminal showed. */
  async function onTerminal(options: { args: readonly string[]; input?: string; env?: Record<string, string> }): Promise<string> {
    const command = [process.execPath, harness.cli, ...options.args].map((word) => `'${word}'`).join(" ");
    const run = execFileAsync("script", ["-qec", command, "/dev/null"], {
      cwd: harness.folder,
      timeout: 50_000,
      env: { PATH: process.env.PATH, HOME: harness.folder, NODE_ENV: "production", XDG_CONFIG_HOME: path.join(harness.folder, "config"), SLIPWAY_SERVER: harness.url, TERM: "xterm", ...options.env },
    });
    // Typed only once it was asked for: before that, the terminal itself would show it.
    if (options.input === undefined) run.child.stdin?.end();
    else {
      let seen = "";
      run.child.stdout?.on("data", (text: string) => {
        const asked = seen.includes("Token: ");
        seen += text;
        if (!asked && seen.includes("Token: ")) run.child.stdin?.write(options.input ?? "");
      });
    }
    return (await run).stdout;
  }

  it("asks for the token without showing it", async () => {
    const shown = await onTerminal({ args: ["login"], input: `x\u007f${harness.token}\r` });
    expect(shown).toContain(`Make a token at ${harness.url}/settings`);
    expect(shown).toContain("Signed in to");
    expect(shown).not.toContain(harness.token.slice(4));
    expect(JSON.parse(await readFile(harness.configFile, "utf8"))).toMatchObject({ token: harness.token });
  });

  it("draws the upload and uses colours, unless told not to", async () => {
    const folder = await harness.put("drawn", { "first.sh": "x".repeat(300_000) });
    const args = ["push", folder, "--kind", "project", "--no-follow", "--token", harness.token];
    const drawn = await onTerminal({ args });
    expect(drawn).toMatch(/\rSending \[#{6}-+\] {2}\d\d %/);
    expect(drawn).toContain("100 %");
    expect(await onTerminal({ args: ["builds", "--token", harness.token] })).toContain(ESCAPE);
    expect(await onTerminal({ args: ["builds", "--token", harness.token], env: { NO_COLOR: "1" } })).not.toContain(ESCAPE);
    const json = await onTerminal({ args: [...args, "--json"] });
    expect(json).not.toContain("Sending");
    expect(json).not.toContain(ESCAPE);
  });
});
