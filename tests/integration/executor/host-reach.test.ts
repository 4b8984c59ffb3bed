/** What a hostile package may try to read or reach of the host: its environment, files, network, processes. */
import { createServer, type Server } from "node:net";
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createHarness, type Harness } from "./harness";

describe("the host, seen from inside", () => {
  let sandbox: Harness;
  beforeAll(() => {
    process.env.SLIPWAY_TEST_SECRET = "keep-this-to-yourself";
    sandbox = createHarness();
  });
  afterEach(() => sandbox.expectUsable());
  afterAll(async () => {
    delete process.env.SLIPWAY_TEST_SECRET;
    await sandbox.close();
  });

  it("shows none of the worker's environment, nor through any /proc/<pid>/environ", async () => {
    const run = await sandbox.bash('env; cat /proc/[0-9]*/environ | tr "\\0" "\\n"; cat /proc/[0-9]*/cmdline | tr "\\0" " "', { env: { GIVEN: "yes" } });
    expect(run.stdout).toContain("GIVEN=yes");
    expect(run.stdout).not.toContain("keep-this-to-yourself");
    expect(run.stdout).not.toContain(sandbox.folder);
    const outer = run.stdout.split("\n").map((line) => line.split("=")[0]);
    expect(outer).not.toContain("HOME");
  });

  it("keeps a job's own variables out of the host's process list", async () => {
    let commandLines = "";
    await sandbox.bash("echo started; sleep 0.3", {
      env: { TOKEN: "a-secret-of-the-job" },
      onOutput: () => {
        commandLines = readCommandLines();
      },
    });
    expect(commandLines).toContain("bwrap");
    expect(commandLines).not.toContain("a-secret-of-the-job");
  });

  it("hides the host's files", async () => {
    const secret = join(sandbox.folder, "secret.txt");
    writeFileSync(secret, "keep-this-to-yourself", { mode: 0o644 });
    const run = await sandbox.bash(`cat ${secret} /etc/shadow /root/.bashrc /proc/1/root${secret} 2>&1; ls /; ls /root /home /var /sys /boot 2>&1; cat /etc/passwd`);
    expect(run.stdout).not.toContain("keep-this-to-yourself");
    expect(run.stdout.match(/No such file|Permission denied/g)?.length).toBe(9);
    expect(run.stdout).not.toContain(":/root:/bin/bash");
  });

  it("cannot connect to a port on the host's loopback", async () => {
    let reached = 0;
    const server: Server = createServer((socket) => {
      reached += 1;
      socket.end("hello from the host");
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const address = server.address();
    const port = address !== null && typeof address === "object" ? address.port : 0;
    const run = await sandbox.node(`
      const net = require("net");
      for (const host of ["127.0.0.1", "::1", ${JSON.stringify(process.env.HOSTNAME ?? "localhost")}]) {
        net.connect(${port}, host).on("data", (text) => console.log("REACHED", String(text))).on("error", (error) => console.log(error.code));
      }`);
    server.close();
    expect(run.stdout).not.toContain("REACHED");
    expect(run.stdout).toContain("ECONNREFUSED");
    expect(reached).toBe(0);
  });

  it("has no network but its own loopback, which works", async () => {
    const run = await sandbox.node(`
      const net = require("net"), os = require("os");
      console.log(Object.keys(os.networkInterfaces()).join());
      net.connect(80, "192.0.2.1").on("error", (error) => console.log(error.code));
      const server = net.createServer((socket) => socket.end("own")).listen(0, () => net.connect(server.address().port, "127.0.0.1").on("data", (text) => { console.log(String(text)); server.close(); }));`);
    expect(run.stdout).toContain("lo\n");
    expect(run.stdout).toContain("ENETUNREACH");
    expect(run.stdout).toContain("own");
  });

  it("sees no abstract socket of the host", async () => {
    const run = await sandbox.bash("cat /proc/net/unix | grep -c slipway-; true");
    expect(run.stdout.trim()).toBe("0");
  });

  it("inherits no descriptor that our own parent left open, however high", async () => {
    const file = join(sandbox.folder, "inherited.txt");
    writeFileSync(file, "keep-this-to-yourself");
    const fixture = join(import.meta.dirname, "fixtures/run-command.ts");
    const command = 'ls -l /proc/self/fd; cat <&88; for fd in /proc/self/fd/*; do cat "$fd" < /dev/null; done';
    const out = await runFixture(["-c", 'exec 88<"$1" 7<"$1" 200<"$1"; shift; exec "$@"', "bash", file, process.execPath, "--import", "tsx", fixture, join(sandbox.folder, "work"), command]);
    expect(out).toContain("/proc/");
    expect(out).not.toContain("keep-this-to-yourself");
    expect(out).not.toMatch(/ (88|7|200) -> /);
  });

  it("sees only its own processes and can't signal the host's", async () => {
    const victim = spawn("/bin/sleep", ["60"]);
    const ended = new Promise((resolve) => victim.once("exit", resolve));
    const run = await sandbox.bash(`ls -d /proc/[0-9]* | wc -l; kill -9 ${victim.pid} ${process.pid} 2>&1; kill -9 -1; echo after`);
    expect(Number(run.stdout.split("\n")[0])).toBeLessThan(8);
    expect(victim.exitCode).toBeNull();
    expect(victim.signalCode).toBeNull();
    expect(process.kill(victim.pid ?? 0, 0)).toBe(true);
    victim.kill("SIGKILL");
    await ended;
  });

  it("can't see or write another sandbox's work folder", async () => {
    let other: Awaited<ReturnType<Harness["bash"]>> | undefined;
    const first = await sandbox.bash("echo mine > /out/mine; echo there; sleep 1; cat /out/*", {
      onOutput: async (chunk) => {
        if (!Buffer.from(chunk.bytes).toString().includes("there")) return;
        other ??= await sandbox.bash(`ls -la /out /mnt ${sandbox.folder} 2>&1; id -u; echo intruder > /out/other; find / -xdev -name mine 2>/dev/null`);
      },
    });
    expect(other?.stdout).not.toContain("mine\n");
    expect(first.stdout).toBe("there\nmine\n");
    expect(first.outputs.map((file) => file.path)).toEqual(["mine"]);
  });

  it("leaves nothing for the next job in the same slot", async () => {
    await sandbox.bash("echo trace > /out/trace; echo trace > /tmp/trace; echo trace > /dev/shm/trace");
    const next = await sandbox.bash("ls -A /out /tmp /dev/shm /in; find / -xdev -name trace");
    expect(next.stdout).not.toContain("trace");
  });

  it("sees a mounted toolchain below folders that its user may not enter, and can't change it", async () => {
    const toolchain = join(sandbox.folder, "locked", "toolchain with blanks");
    mkdirSync(toolchain, { recursive: true, mode: 0o755 });
    writeFileSync(join(toolchain, "tool.txt"), "a tool", { mode: 0o666 });
    const run = await sandbox.bash('cat /opt/tool/tool.txt; echo changed > /opt/tool/tool.txt; echo "status $?"', { mounts: [{ source: toolchain, target: "/opt/tool" }] });
    expect(run.stdout).toContain("a tool");
    expect(run.stdout).toContain("status 1");
    expect(readFileSync(join(toolchain, "tool.txt"), "utf8")).toBe("a tool");
  });
});

function readCommandLines(): string {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    } catch {
      return "";
    }
  }).join("\n");
}

function runFixture(args: string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn("/bin/bash", ["--norc", ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.once("close", () => resolve(out));
  });
}
