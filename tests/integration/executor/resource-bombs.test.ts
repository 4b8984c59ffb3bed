/** Programs that try to take the machine's memory, processors, processes or disk: each ended by its limit, the platform well. */
import { existsSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createHarness, until, type Harness } from "./harness";

const MIB = 1024 * 1024;

/** With control groups the kernel holds the line, without them the watchdog does: both must. */
describe.each([
  { title: "with control groups where there are any", useControlGroups: true },
  { title: "by the watchdog alone", useControlGroups: false },
])("resource bombs, $title", ({ useControlGroups }) => {
  let sandbox: Harness;
  beforeAll(() => {
    sandbox = createHarness({ useControlGroups });
  });
  afterEach(() => sandbox.expectUsable());
  afterAll(() => sandbox.close());

  it("ends a fork bomb", async () => {
    const run = await sandbox.bash("bomb() { bomb | bomb & }; bomb; sleep 30", { limits: { pids: 24 } });
    expect(run.limitHit).toBe("pids");
    expect(run.killedInMs).toBeLessThan(5_000);
    expect(run.usage.wallMs).toBeLessThan(15_000);
  });

  it("ends a thread bomb", async () => {
    const run = await sandbox.node(
      `const { Worker } = require("worker_threads"); for (let n = 0; n < 7; n++) new Worker("setInterval(() => {}, 1000)", { eval: true }).on("error", () => {})`,
      { limits: { pids: 9, memoryMb: 512 } },
    );
    expect(run.limitHit).toBe("pids");
  });

  it("ends a memory hog in one process", async () => {
    const run = await sandbox.perl('my @all; for (1..100) { push @all, "x" x (8 * 1048576); } print "got it all\\n"; sleep 30', { limits: { memoryMb: 96 } });
    expect(run.limitHit).toBe("memoryMb");
    expect(run.stdout).not.toContain("got it all");
    expect(run.usage.peakMemoryMb).toBeLessThan(96 + 320);
  });

  it("adds up memory over many processes", async () => {
    const run = await sandbox.perl('for (1..8) { fork or do { my $x = "x" x (24 * 1048576); sleep 30; exit } } sleep 30', { limits: { memoryMb: 96 } });
    expect(run.limitHit).toBe("memoryMb");
  });

  it("counts memory that forks share only once", async () => {
    const run = await sandbox.perl('my $x = "x" x (40 * 1048576); for (1..6) { fork or do { sleep 1; exit } } 1 while wait != -1; print "done\\n"', { limits: { memoryMb: 128 } });
    expect(run).toMatchObject({ exitCode: 0, stdout: "done\n" });
    expect(run.limitHit).toBeUndefined();
  });

  it("counts memory files that are mapped nowhere (memfd)", async () => {
    // memfd_create(2), then write(2): no process's size shows it.
    const call = process.arch === "x64" ? 319 : 279;
    const run = await sandbox.perl(
      `my $name = "hog"; my @files; for (1..12) { my $fd = syscall(${call}, $name, 0); open(my $file, ">&=", $fd) or die; syswrite($file, "x" x (12 * 1048576)); push @files, $file; } sleep 30`,
      { limits: { memoryMb: 96 } },
    );
    expect(run.limitHit).toBe("memoryMb");
  });

  it.each([
    { place: "/tmp", holds: 64 },
    { place: "/dev/shm", holds: 16 },
  ])("counts $place as memory and bounds it", async ({ place, holds }) => {
    const counted = await sandbox.bash(`head -c ${(holds - 2) * MIB} /dev/zero > ${place}/fill; sleep 30`, { limits: { memoryMb: holds - 4, diskMb: 128 } });
    expect(counted.limitHit).toBe("memoryMb");
    const bounded = await sandbox.bash(`head -c ${(holds + 20) * MIB} /dev/zero > ${place}/fill; stat -c %s ${place}/fill`, { limits: { diskMb: 128 } });
    expect(bounded.stdout.trim()).toBe(String(holds * MIB));
  });

  it.each(["/tmp", "/dev/shm"])("bounds the number of files in %s", async (place) => {
    const run = await sandbox.perl(`my $n = 0; while ($n < 20000) { open(my $f, ">", "${place}/$n") or last; $n++ } print $n`);
    expect(Number(run.stdout)).toBeGreaterThan(500);
    expect(Number(run.stdout)).toBeLessThanOrEqual(10_000);
  });

  it("ends an endless loop at its wall time", async () => {
    const run = await sandbox.bash("while :; do :; done", { limits: { wallMs: 400 } });
    expect(run.limitHit).toBe("wallMs");
    expect(run.usage.wallMs).toBeGreaterThanOrEqual(400);
  });

  it("ends one that ignores TERM", async () => {
    const run = await sandbox.bash("trap '' TERM INT HUP; while :; do sleep 0.05; done", { limits: { wallMs: 300 } });
    expect(run.limitHit).toBe("wallMs");
    expect(run.killedInMs).toBeLessThan(3_000);
  });

  it("ends a loop at its CPU time", async () => {
    const run = await sandbox.bash("while :; do :; done", { limits: { cpuSeconds: 0.5 } });
    expect(run.limitHit).toBe("cpuSeconds");
  });

  it("adds up CPU time over processes that come and go", async () => {
    const run = await sandbox.perl('$SIG{CHLD} = "IGNORE"; for (1..400) { fork or do { my $end = (times)[0] + 0.1; 1 while (times)[0] < $end; exit }; 1 while wait != -1 } sleep 30', { limits: { cpuSeconds: 1 } });
    expect(run.limitHit).toBe("cpuSeconds");
  });

  it("ends an output flood and hands over exactly the limit", async () => {
    let received = 0;
    const run = await sandbox.bash("yes 'flood flood flood'", { limits: { outputBytes: 100_000 }, onOutput: (chunk) => void (received += chunk.bytes.byteLength) });
    expect(run.limitHit).toBe("outputBytes");
    expect(received).toBe(100_000);
  });

  it("bounds the work folder in bytes, exactly", async () => {
    const run = await sandbox.bash("head -c 20000000 /dev/zero > /out/a; head -c 20000000 /dev/zero > /out/b; sleep 30", { limits: { diskMb: 4 } });
    expect(run.limitHit).toBe("diskMb");
    expect(run.usage.diskBytes).toBe(4 * MIB);
    expect(run.outputs.reduce((sum, file) => sum + file.size, 0)).toBeLessThanOrEqual(4 * MIB);
  });

  it("bounds the work folder in files, exactly", async () => {
    const run = await sandbox.perl('my $n = 0; while (open(my $f, ">", "/out/$n")) { $n++ } print $n; sleep 30', { limits: { diskFiles: 60 } });
    expect(run.limitHit).toBe("diskFiles");
    expect(run.outputs.length).toBe(60);
  });

  it("does not unpack sparse files onto the host", async () => {
    const one = await sandbox.bash("truncate -s 1T /out/huge; echo status $?", { limits: { diskMb: 4 } });
    expect(one.outputs.reduce((sum, file) => sum + file.size, 0)).toBe(0);
    const many = await sandbox.bash("for n in 1 2 3 4 5 6; do truncate -s 3M /out/$n; done", { limits: { diskMb: 8 } });
    expect(many.limitHit).toBe("diskMb");
    expect(many.outputs.length).toBe(2);
    expect(many.refused.length).toBe(4);
  });

  it("kills daemons that left the session, before run() answers", async () => {
    const run = await sandbox.bash("for n in 1 2 3; do setsid -f bash -c 'trap \"\" TERM HUP; sleep 300'; done; (setsid sleep 300 &) ; echo left", { limits: { wallMs: 10_000 } });
    expect(run).toMatchObject({ exitCode: 0, stdout: "left\n" });
    expect(sandbox.listAlive()).toEqual([]);
  });
});

describe("a wait for its reader", () => {
  let sandbox: Harness;
  beforeAll(() => {
    sandbox = createHarness();
  });
  afterAll(() => sandbox.close());

  it("reaches the command, and its limits go on counting", async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let chunks = 0;
    const running = sandbox.bash(`head -c ${8 * MIB} /dev/zero`, {
      limits: { wallMs: 2_000, outputBytes: 64 * MIB },
      onOutput: () => {
        chunks += 1;
        return held;
      },
    });
    await until(() => chunks > 0);
    await until(() => sandbox.listAlive().length === 0);
    release();
    const run = await running;
    expect(run.limitHit).toBe("wallMs");
    expect(run.usage.outputBytes).toBeLessThan(4 * MIB);
  });

  it("does not hold up an abort", async () => {
    const controller = new AbortController();
    const run = await sandbox.bash("echo one; sleep 30", {
      signal: controller.signal,
      onOutput: () => {
        controller.abort();
        return new Promise(() => undefined);
      },
    });
    expect(run).toMatchObject({ aborted: true });
    expect(run.killedInMs).toBeLessThan(2_000);
  });

  it("passes on what the reader threw, with everything dead", async () => {
    await expect(sandbox.bash("echo one; sleep 30", { onOutput: () => Promise.reject(new Error("the log is full")) })).rejects.toThrow("the log is full");
    await sandbox.expectUsable();
  });

  it("leaves no folder behind for a job that never began", async () => {
    const controller = new AbortController();
    controller.abort();
    const run = await sandbox.bash("echo never", { signal: controller.signal });
    expect(run).toMatchObject({ aborted: true, stdout: "", exitCode: null });
    expect(existsSync(`${sandbox.folder}/work`)).toBe(true);
  });
});
