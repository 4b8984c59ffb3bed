/** What a hostile package may leave in `/out` to have the platform read, write or hang somewhere else. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createHarness, type Harness, type Run } from "./harness";

describe("outputs", () => {
  let sandbox: Harness;
  beforeAll(() => {
    sandbox = createHarness();
  });
  afterEach(() => sandbox.expectUsable());
  afterAll(() => sandbox.close());

  const paths = (run: Run): string[] => run.outputs.map((file) => file.path);

  it("are copied with their folders, whether they can be executed, and nothing else of their modes", async () => {
    const run = await sandbox.bash("mkdir -p a/b; echo one > a/b/one.txt; echo two > two; chmod 4777 two; chmod 000 a/b/one.txt; : > empty");
    expect(paths(run)).toEqual(["a/b/one.txt", "empty", "two"]);
    const [one, , two] = run.outputs;
    expect(readFileSync(one?.hostFile ?? "", "utf8")).toBe("one\n");
    expect(statSync(one?.hostFile ?? "").mode & 0o7777).toBe(0o644);
    expect(statSync(two?.hostFile ?? "").mode & 0o7777).toBe(0o755);
    expect(run.refused).toEqual([]);
  });

  it("are not followed through symbolic links out of the folder", async () => {
    const secret = join(sandbox.folder, "secret.txt");
    writeFileSync(secret, "keep-this-to-yourself");
    const run = await sandbox.bash(`ln -s ${secret} file; ln -s ${sandbox.folder} folder; ln -s /etc/shadow shadow; ln -s . loop; ln -s /proc/self/fd fds; echo ok > real`);
    expect(paths(run)).toEqual(["real"]);
    expect(run.refused.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual(["fds", "file", "folder", "loop", "shadow"].map((path) => ({ path, reason: "symbolic link" })));
  });

  it("do not hang the collector on a named pipe", async () => {
    const run = await sandbox.bash("mkfifo pipe; echo ok > real");
    expect(paths(run)).toEqual(["real"]);
    expect(run.refused).toEqual([{ path: "pipe", reason: "named pipe" }]);
  });

  it("are refused as sockets", async () => {
    const run = await sandbox.node('require("net").createServer().listen("/out/socket", () => process.exit(0))');
    expect(run.refused).toEqual([{ path: "socket", reason: "socket" }]);
  });

  it("are refused as hard links, also of a read-only file", async () => {
    const run = await sandbox.bash("echo x > one; ln one two; ln /in/given stolen; ln /usr/bin/perl perl; echo ok > real", { inputs: [{ path: "given", content: Buffer.from("input") }] });
    expect(paths(run)).toEqual(["real"]);
    expect(run.refused.map((output) => output.reason)).toEqual(["hard link", "hard link"]);
  });

  it("can't be device nodes", async () => {
    const run = await sandbox.bash("mknod block b 8 0; mknod char c 1 3; mknod null c 0 0; ls -A");
    expect(run.stdout).toBe("");
    expect(run.stderr.match(/Operation not permitted/g)?.length).toBe(3);
  });

  it("are refused with control characters, direction marks or broken UTF-8 in their names", async () => {
    const run = await sandbox.bash("touch $'line\\nbreak' $'bell\\a' $'esc\\e[2J' $'\\xff\\xfe' $'turn\\xe2\\x80\\xaeeman' 'blank is fine' ünïcode");
    expect(paths(run)).toEqual(["blank is fine", "ünïcode"]);
    expect(run.refused.length).toBe(5);
    for (const refused of run.refused) expect(refused.path).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  it("are refused below 32 folders", async () => {
    const run = await sandbox.bash('p=.; for n in $(seq 40); do p="$p/d"; done; mkdir -p "$p"; echo deep > "$p/file"; echo ok > real');
    expect(paths(run)).toEqual(["real"]);
    expect(run.refused).toMatchObject([{ reason: "more than 32 folders deep" }]);
  });

  it("survive a path too long for the host to name", async () => {
    const run = await sandbox.perl('for (1..60) { my $d = "d" x 250; mkdir $d; chdir $d or die } open my $f, ">", "end"; chdir "/out"; open $f, ">", "real";');
    expect(paths(run)).toEqual(["real"]);
  });

  it("are not taken while anything may still change them", async () => {
    const run = await sandbox.bash("setsid -f bash -c 'while :; do rm -f swap; echo text > swap; ln -sfn /etc/shadow swap; done' >/dev/null 2>&1; sleep 0.2; echo ok > real");
    expect(paths(run)).toContain("real");
    for (const file of run.outputs) expect(readFileSync(file.hostFile, "utf8")).toMatch(/^(ok|text)?\n?$/);
  });

  it("are collected from a command that a limit ended", async () => {
    const run = await sandbox.bash("echo part > part; sleep 30", { limits: { wallMs: 300 } });
    expect(run.limitHit).toBe("wallMs");
    expect(paths(run)).toEqual(["part"]);
  });

  it("reject a target folder that can't be written, and free the slot", async () => {
    const collectInto = join(sandbox.folder, "taken");
    mkdirSync(collectInto);
    writeFileSync(join(collectInto, "same"), "ours");
    await expect(sandbox.bash("echo theirs > same", { collectInto })).rejects.toThrow(/EEXIST/);
    expect(readFileSync(join(collectInto, "same"), "utf8")).toBe("ours");
    rmSync(collectInto, { recursive: true });
  });
});

describe("inputs", () => {
  let sandbox: Harness;
  beforeAll(() => {
    sandbox = createHarness();
  });
  afterAll(() => sandbox.close());

  it("are read-only inside, whoever may read them outside", async () => {
    const hostFile = join(sandbox.folder, "private.bin");
    writeFileSync(hostFile, "from a host file", { mode: 0o600 });
    const run = await sandbox.bash("cat /in/a/b/c.txt /in/d; echo x > /in/a/b/c.txt; touch /in/new; rm -rf /in/a; chmod 777 /in; true", {
      inputs: [{ path: "a/b/c.txt", content: Buffer.from("bytes, ") }, { path: "d", content: { hostFile } }],
    });
    expect(run.stdout).toBe("bytes, from a host file");
    expect(run.stderr.match(/Read-only file system/g)?.length).toBe(4);
    expect(readFileSync(hostFile, "utf8")).toBe("from a host file");
  });

  it.each(["../up", "/absolute", "a//b", "a/../b", "", "a\0b", "a\nb", `${"d/".repeat(40)}f`])("are refused at %j", async (path) => {
    await expect(sandbox.bash("true", { inputs: [{ path, content: Buffer.from("") }] })).rejects.toMatchObject({ code: "validation_failed" });
  });

  it("are refused twice at one path", async () => {
    const inputs = [{ path: "a", content: Buffer.from("1") }, { path: "a", content: Buffer.from("2") }];
    await expect(sandbox.bash("true", { inputs })).rejects.toMatchObject({ code: "validation_failed" });
    await sandbox.expectUsable();
  });

  it("can't smuggle arguments to bwrap through NUL characters", async () => {
    await expect(sandbox.bash("true", { env: { A: "b\0--bind\0/\0/host" } })).rejects.toMatchObject({ code: "validation_failed" });
    await expect(sandbox.run({ command: ["true\0--bind"] })).rejects.toMatchObject({ code: "validation_failed" });
    await expect(sandbox.bash("true", { mounts: [{ source: "/", target: "/usr/../in" }] })).rejects.toMatchObject({ code: "validation_failed" });
    await expect(sandbox.bash("true", { mounts: [{ source: "/srv", target: "/usr/local" }] })).rejects.toMatchObject({ code: "validation_failed" });
  });

  it("refuses network that it can't give", async () => {
    const job = { ...sandbox.makeJob({ command: ["true"] }), network: "egress" as const };
    await expect(sandbox.executor.run(job, { signal: new AbortController().signal, onOutput: () => undefined })).rejects.toMatchObject({ code: "not_available" });
  });
});
