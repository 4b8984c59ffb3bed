/** Processes started ahead: faster, and never a way from one job to the next. */
import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { openControlGroup } from "~/executors/local/control-group";
import { listProcessesWithEnvironment } from "~/executors/local/process-tree";
import type { LocalExecutorOptions } from "~/executors/local";
import { createHarness, until, type Harness, type Run, type RunOptions } from "./harness";

/** Shows that it is ready, and does what `/in/todo` says after its line. */
const RUNNER = ": > /tmp/ready; read line; . /in/todo";
const NAMESPACE = "readlink /proc/self/ns/pid";

/** Version 1's default, and what version 2's is here taken for. */
const NORMAL_WEIGHT = 1024;

/** What the kernel gives the process's group of a processor that others want too; null where no group says so. */
function weightOf(pid: number): number | null {
  for (const line of readFileSync(`/proc/${pid}/cgroup`, "utf8").trim().split("\n")) {
    const [, names = "", path = ""] = line.split(":");
    const [file, factor] = names.split(",").includes("cpu") ? [`/sys/fs/cgroup/${names}${path}/cpu.shares`, 1] : [`/sys/fs/cgroup${path}/cpu.weight`, NORMAL_WEIGHT / 100];
    if (existsSync(file)) return Number(readFileSync(file, "utf8")) * factor;
  }
  return null;
}

/** Whether groups with a weight may be made here; else there is nothing to hold processes back by. */
function givesGroups(): boolean {
  const group = openControlGroup({ name: `slipway-test-${process.pid}`, limits: { memoryBytes: 2 ** 30, tasks: 64 } });
  const gives = group.folders.some((folder) => existsSync(join(folder, "cpu.shares")) || existsSync(join(folder, "cpu.weight")));
  group.remove();
  return gives;
}

describe("processes started ahead", () => {
  let sandbox: Harness;
  afterEach(() => sandbox.close());

  const open = (options: Partial<LocalExecutorOptions> = {}): void => {
    sandbox = createHarness({ warmPerKey: 1, ...options });
  };
  const todo = (script: string, more: Partial<RunOptions> = {}): RunOptions => ({
    command: ["bash", "--norc", "-c", RUNNER], warmKey: "runner", inputs: [{ path: "todo", content: Buffer.from(script) }], ...more,
  });
  const runTodo = (script: string, more: Partial<RunOptions> = {}): Promise<Run> => sandbox.run(todo(script, more));
  const prewarm = (more: Partial<RunOptions> = {}): Promise<void> => {
    const job = sandbox.makeJob(todo("", more));
    return sandbox.executor.prewarm({ ...job, warmKey: job.warmKey ?? "" });
  };
  /** Namespaces of the sandboxes that wait now, once each of them is ready. */
  const waitingNamespaces = async (): Promise<string[]> => [...new Set((await waitingInits()).map((pid) => readlinkSync(`/proc/${pid}/ns/pid`)))];
  const waitingInits = async (): Promise<number[]> => {
    const work = join(sandbox.folder, "work");
    const pids = readdirSync(work).flatMap((name) => listProcessesWithEnvironment({ variable: `SLIPWAY_SLOT=${name}` }));
    // Of bwrap's two, the one inside is in another namespace than we are.
    const inits = pids.filter((pid) => readlinkSync(`/proc/${pid}/ns/pid`) !== readlinkSync("/proc/self/ns/pid"));
    await until(() => inits.every((pid) => existsSync(`/proc/${pid}/root/tmp/ready`)));
    return inits;
  };

  it("serve a job that comes later, with its own inputs and outputs", async () => {
    open();
    await prewarm();
    const waiting = await waitingNamespaces();
    expect(waiting.length).toBe(1);
    const run = await runTodo(`${NAMESPACE}; echo result > /out/result`);
    expect(run.exitCode).toBe(0);
    expect(waiting).toEqual([run.stdout.trim()]);
    expect(run.outputs).toMatchObject([{ path: "result", size: 7 }]);
  });

  it("serve one job only: nothing of it is there for the next", async () => {
    open();
    await prewarm();
    const first = await runTodo("echo trace > /tmp/trace; echo trace > /out/trace; setsid -f sleep 300; readlink /proc/self/ns/pid");
    const second = await runTodo("ls -A /tmp /out; readlink /proc/self/ns/pid");
    expect(second.stdout).not.toContain("trace");
    expect(second.stdout).toContain("ready");
    expect(second.stdout.trim().split("\n").at(-1)).not.toBe(first.stdout.trim());
  });

  it("are not taken for a job of the same key that differs in anything", async () => {
    open({ warmTotal: 4 });
    await prewarm({ env: { WHO: "one" } });
    const other = await runTodo("echo $WHO", { env: { WHO: "two" } });
    expect(other.stdout).toBe("two\n");
  });

  it("that died are not used", async () => {
    open();
    // Only a process that was started with its inputs in place finds them before its line.
    const dying = { command: ["bash", "--norc", "-c", "[ -e /in/todo ] || exit 3; . /in/todo"] };
    await prewarm(dying);
    await until(() => sandbox.listAlive().length === 0);
    expect(await runTodo("echo alive", dying)).toMatchObject({ exitCode: 0, stdout: "alive\n" });
  });

  it("that hog memory while they wait are ended", async () => {
    open();
    const hog = { command: ["perl", "-e", 'if (-e "/in/todo") { print "modest"; exit } my $n = 200; my $x = "x" x ($n * 1048576); sleep 300'], limits: { memoryMb: 64 } };
    await prewarm(hog);
    await until(() => sandbox.listAlive().length === 0);
    const run = await runTodo("", hog);
    expect(run).toMatchObject({ exitCode: 0, stdout: "modest" });
    expect(run.limitHit).toBeUndefined();
  });

  it("have CPU used while waiting taken off", async () => {
    open();
    const busy = { command: ["bash", "--norc", "-c", 'for ((n = 0; n < 400000; n++)); do :; done; : > /tmp/ready; read line; echo $line'] };
    const cold = await runTodo("", { ...busy, warmKey: undefined });
    await prewarm(busy);
    expect((await waitingNamespaces()).length).toBe(1);
    const warm = await runTodo("", busy);
    expect(warm.stdout).toBe("go\n");
    expect(warm.usage.cpuMs).toBeLessThan(cold.usage.cpuMs / 2);
  });

  it.runIf(givesGroups())("stand back for everybody else until they are taken", async () => {
    open();
    await prewarm();
    const [init = 0] = await waitingInits();
    const weight = weightOf(init) ?? Number.NaN;
    expect(weight).toBeLessThan(NORMAL_WEIGHT / 5);
    const run = runTodo(": > /tmp/begun; until [ -e /tmp/go ]; do sleep 0.01; done");
    await until(() => existsSync(`/proc/${init}/root/tmp/begun`));
    expect(weightOf(init)).toBe(NORMAL_WEIGHT);
    writeFileSync(`/proc/${init}/root/tmp/go`, "");
    expect((await run).exitCode).toBe(0);
  });

  it("keep no place from a real job", async () => {
    open({ slots: 1 });
    await prewarm();
    const run = await sandbox.bash("echo place");
    expect(run.stdout).toBe("place\n");
    expect((await waitingNamespaces()).length).toBe(1);
  });

  it("stay within their bound, the newest kept", async () => {
    open({ warmTotal: 1 });
    await prewarm({ env: { WHO: "one" } });
    await prewarm({ env: { WHO: "two" } });
    const waiting = await waitingNamespaces();
    expect(waiting.length).toBe(1);
    const two = await runTodo(NAMESPACE, { env: { WHO: "two" } });
    expect(waiting).toEqual([two.stdout.trim()]);
  });

  it("can be turned off", async () => {
    open({ warmPerKey: 0 });
    await prewarm();
    expect(await waitingNamespaces()).toEqual([]);
    expect((await runTodo("echo cold")).stdout).toBe("cold\n");
    expect(await waitingNamespaces()).toEqual([]);
  });

  it("write no output of the sandbox's own into the job's", async () => {
    open();
    await prewarm();
    const run = await runTodo("echo only this");
    expect(run).toMatchObject({ stdout: "only this\n", stderr: "" });
  });
});
