/** Ways out through the kernel: mounts, namespaces, other processes, devices, rarely used calls. Made with raw system calls. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { listDeniedCalls } from "~/executors/local/seccomp";
import { createHarness, type Harness } from "./harness";

const EPERM = 1;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;
const architecture = process.arch === "arm64" ? "arm64" : "x64";

describe("the kernel, from inside", () => {
  let sandbox: Harness;
  beforeAll(() => {
    sandbox = createHarness();
  });
  afterEach(() => sandbox.expectUsable());
  afterAll(() => sandbox.close());

  /** errno of a raw system call, 0 when it worked. */
  const callInside = async (call: string): Promise<number> => {
    const run = await sandbox.perl(`$! = 0; my $r = syscall(${call}); print $r == -1 ? $! + 0 : 0`);
    return Number(run.stdout);
  };

  it("refuses every call of the filter's table", async () => {
    const calls = listDeniedCalls(architecture);
    const run = await sandbox.perl(`for my $nr (${calls.map((call) => call.number).join(",")}) { $! = 0; my $r = syscall($nr, 0, 0, 0, 0, 0, 0); print "$nr=", $r == -1 ? $! + 0 : "worked", "\\n" }`);
    expect(run.stdout.trim().split("\n")).toEqual(calls.map((call) => `${call.number}=${call.refusal === "ENOSYS" ? ENOSYS : EPERM}`));
  });

  it("runs with a filter, no capabilities and no way to gain any", async () => {
    const run = await sandbox.bash("grep -E '^(Seccomp|NoNewPrivs|Cap)' /proc/self/status");
    expect(run.stdout).toMatch(/Seccomp:\t2/);
    expect(run.stdout).toMatch(/NoNewPrivs:\t1/);
    expect(run.stdout.match(/^Cap\w+:\t0{16}$/gm)?.length).toBe(5);
  });

  it("makes no mount and changes none", async () => {
    const attempts = ["mount -t tmpfs none /tmp", "mount -o remount,rw /usr", "mount -o remount,bind,rw /usr", "umount /usr", "mount --bind /out /usr"];
    const run = await sandbox.bash(`cat /proc/self/mountinfo > /tmp/before; for try in ${attempts.map((attempt) => `'${attempt}'`).join(" ")}; do $try && echo worked; done; cat /proc/self/mountinfo | diff /tmp/before - && echo unchanged`);
    expect(run.stdout).toBe("unchanged\n");
  });

  it("makes no user namespace", async () => {
    const run = await sandbox.bash("unshare --user true && echo made; unshare --user --map-root-user --mount true && echo made; bwrap --unshare-all --ro-bind / / true && echo made; true");
    expect(run.stdout).not.toContain("made");
  });

  it("makes no namespace by clone either, while processes and threads still start", async () => {
    const clone = architecture === "x64" ? 56 : 220;
    for (const flag of [0x10000000, 0x00020000, 0x40000000, 0x20000000, 0x04000000, 0x08000000, 0x02000000, 0x00000080]) {
      expect(await callInside(`${clone}, ${flag | 17}, 0, 0, 0, 0`)).toBe(EPERM);
    }
    const run = await sandbox.node('new (require("worker_threads").Worker)("", { eval: true }).on("exit", () => console.log(String(require("child_process").execFileSync("echo", ["both"]))))');
    expect(run).toMatchObject({ exitCode: 0, stdout: "both\n\n", stderr: "" });
  });

  it("traces no process and reads no other's memory", async () => {
    const [ptrace, readMemory] = architecture === "x64" ? [101, 310] : [117, 270];
    expect(await callInside(`${ptrace}, 16, 1, 0, 0`)).toBe(EPERM);
    expect(await callInside(`${readMemory}, 1, 0, 0, 0, 0, 0`)).toBe(EPERM);
    const run = await sandbox.bash("cat /proc/1/mem > /dev/null; echo x > /proc/1/oom_score_adj && cat /proc/1/oom_score_adj; ls /proc/1/root/mnt");
    expect(run.stdout).not.toContain("out");
  });

  it("loads no bpf program", async () => {
    expect(await callInside(`${architecture === "x64" ? 321 : 280}, 0, 0, 0`)).toBe(EPERM);
  });

  it("opens only sockets that a build needs", async () => {
    const socket = architecture === "x64" ? 41 : 198;
    const families = { unix: 1, inet: 2, inet6: 10, netlink: 16 };
    for (const family of Object.values(families)) expect(await callInside(`${socket}, ${family}, 2, 0`)).toBe(0);
    // AF_AX25, AF_PACKET, AF_BLUETOOTH, AF_ALG, AF_VSOCK (which would reach the hypervisor), AF_XDP.
    for (const family of [3, 17, 31, 38, 40, 44]) expect(await callInside(`${socket}, ${family}, 2, 0`)).toBe(EAFNOSUPPORT);
    // NETLINK_NETFILTER.
    expect(await callInside(`${socket}, 16, 2, 12`)).toBe(EAFNOSUPPORT);
    // Raw packets need a capability.
    expect(await callInside(`${socket}, 2, 3, 1`)).toBe(EPERM);
  });

  it.runIf(architecture === "x64")("answers no call of the x32 interface", async () => {
    expect(await callInside("0x40000000 + 39")).toBe(ENOSYS);
  });

  it("makes no device and opens none of the host's", async () => {
    const [mknodat, char] = [architecture === "x64" ? 259 : 33, 0o020666];
    expect(await callInside(`${mknodat}, -100, my $name = "/tmp/null", ${char}, 259`)).toBe(EPERM);
    const run = await sandbox.bash("ls /dev; cat /dev/vda /dev/mem /dev/kmsg");
    expect(run.stdout.split("\n").filter(Boolean).toSorted()).toEqual(
      ["core", "fd", "full", "null", "ptmx", "pts", "random", "shm", "stderr", "stdin", "stdout", "tty", "urandom", "zero"].toSorted(),
    );
  });

  it("pushes no characters into a terminal", async () => {
    const ioctl = architecture === "x64" ? 16 : 29;
    expect(await callInside(`${ioctl}, 0, 0x5412, my $c = "x"`)).toBe(EPERM);
  });

  it("writes to nothing but /out, /tmp and /dev/shm", async () => {
    const before = statSync("/usr/bin").mtimeMs;
    const run = await sandbox.bash("for d in / /usr /usr/bin /usr/lib /etc /in /dev /proc /proc/sys/kernel /toolchain /toolchain/node /out /tmp /dev/shm; do (: > $d/slipway-test) 2>/dev/null && echo $d; done; echo x 2>/dev/null > /proc/sys/kernel/core_pattern && echo pattern; true");
    expect(run.stdout).toBe("/out\n/tmp\n/dev/shm\n");
    expect(statSync("/usr/bin").mtimeMs).toBe(before);
    expect(existsSync("/usr/slipway-test")).toBe(false);
  });

  it("does not become root by a set-user-id program", async () => {
    const run = await sandbox.bash("for f in su mount passwd sudo; do [ -u /usr/bin/$f ] && echo found; done; su -c id 2>&1; cp /usr/bin/id /tmp/id; chmod 4755 /tmp/id; /tmp/id -u; id -u");
    expect(run.stdout).not.toContain("uid=0");
    expect(run.stdout.trim().endsWith("1000\n1000")).toBe(true);
  });

  it("changes neither the host's name nor its clock nor its limits", async () => {
    const name = readFileSync("/proc/sys/kernel/hostname", "utf8");
    const run = await sandbox.bash("hostname; hostname evil; date -s 2001-01-01 > /dev/null; ulimit -n 4096; ulimit -u 10000; ulimit -u; ulimit -n");
    expect(run.stdout.split("\n")[0]).toBe("slipway");
    expect(run.stdout.trim().endsWith("\n256")).toBe(true);
    expect(readFileSync("/proc/sys/kernel/hostname", "utf8")).toBe(name);
  });
});
