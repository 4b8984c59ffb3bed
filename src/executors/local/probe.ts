/** Tries the isolation for real: one command in a sandbox reports what it could and could not do. */
import { createServer } from "node:net";
import { readlinkSync } from "node:fs";
import type { ExecutorProbe } from "../types";
import type { SandboxSpec } from "./sandbox-line";
import type { ReadySandbox } from "./warm-pool";

const INSTALL = "install bubblewrap: apt-get install bubblewrap";
const ALLOW_NAMESPACES =
  "allow user namespaces: sysctl -w user.max_user_namespaces=15000, and where they exist kernel.unprivileged_userns_clone=1 and kernel.apparmor_restrict_unprivileged_userns=0; in a container, run it with the rights to mount and to make user namespaces";
const TIMEOUT_MS = 10_000;
const NAMESPACES = ["user", "mnt", "pid", "net", "ipc", "uts", "cgroup"] as const;

/** `$1` is the port of a listener on the host's loopback, `$2` a file of the host. */
const SCRIPT = `
report() { echo "$1=$2"; }
report uid "$(id -u)"
for name in ${NAMESPACES.join(" ")}; do report "ns-$name" "$(readlink /proc/self/ns/$name)"; done
while read -r key value; do case $key in Seccomp:) report seccomp "$value";; CapEff:) report capabilities "$value";; esac; done < /proc/self/status
unshare --user true 2>/dev/null && report nested made || report nested refused
[ -e "$2" ] && report host-file seen || report host-file hidden
(exec 9<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && report loopback reached || report loopback closed
report quota-said "$(head -c 3145728 /dev/zero 2>&1 > /out/big)"
report quota "$(stat -c %s /out/big)"
(: > /usr/slipway-probe) 2>/dev/null && report system writable || report system read-only
`;

const PROBE_SPEC: Omit<SandboxSpec, "command"> = {
  env: { PATH: "/usr/bin:/bin" },
  mounts: [],
  limits: { wallMs: TIMEOUT_MS, cpuSeconds: 10, memoryMb: 256, pids: 32, outputBytes: 65_536, diskMb: 2, diskFiles: 16 },
};

type Check = ExecutorProbe["checks"][number];

export async function probeSandbox(options: { launch: (spec: SandboxSpec) => Promise<ReadySandbox>; retire: (ready: ReadySandbox) => Promise<void> }): Promise<ExecutorProbe> {
  if (process.platform !== "linux") {
    return failed([{ name: "start", ok: false, detail: `sandboxes need Linux, this is ${process.platform}`, fix: "run the worker on Linux" }]);
  }
  const listener = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  try {
    const address = listener.address();
    const port = address !== null && typeof address === "object" ? address.port : 0;
    const command = ["bash", "--norc", "-c", SCRIPT, "probe", String(port), process.execPath.startsWith("/usr/") ? "/etc/shadow" : process.execPath];
    const ready = await options.launch({ ...PROBE_SPEC, command });
    try {
      return judge(await readReport(ready));
    } finally {
      await options.retire(ready);
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return failed([{ name: "start", ok: false, detail, fix: /execute bwrap/.test(detail) ? INSTALL : ALLOW_NAMESPACES }]);
  } finally {
    listener.close();
  }
}

async function readReport(ready: ReadySandbox): Promise<{ said: Map<string, string>; complaint: string }> {
  const { sandbox } = ready;
  const timer = setTimeout(() => void sandbox.killAndConfirm().catch(() => undefined), TIMEOUT_MS);
  const texts = { stdout: "", stderr: "" };
  sandbox.stdout.on("data", (chunk: Buffer) => (texts.stdout += chunk.toString("utf8").slice(0, 65_536)));
  sandbox.stderr.on("data", (chunk: Buffer) => (texts.stderr += chunk.toString("utf8").slice(0, 65_536)));
  const ended = Promise.all([sandbox.stdout, sandbox.stderr].map((stream) => new Promise((resolve) => stream.once("close", resolve))));
  sandbox.stdin.end("go\n");
  await sandbox.exited;
  await ended;
  clearTimeout(timer);
  const lines = texts.stdout.split("\n").map((line) => line.split("="));
  return { said: new Map(lines.map(([key, value]) => [key ?? "", value ?? ""])), complaint: texts.stderr.trim() };
}

function judge(report: { said: Map<string, string>; complaint: string }): ExecutorProbe {
  const { said, complaint } = report;
  const get = (key: string): string => said.get(key) ?? `no answer${complaint === "" ? "" : `: ${complaint}`}`;
  const check = (name: string, ok: boolean, detail: string, fix: string): Check => (ok ? { name, ok, detail } : { name, ok, detail, fix });
  if (!said.has("uid")) return failed([{ name: "start", ok: false, detail: complaint === "" ? "the sandbox said nothing" : complaint, fix: ALLOW_NAMESPACES }]);
  const shared = NAMESPACES.filter((name) => get(`ns-${name}`) === readHostNamespace(name));
  const broken = "this is a fault of the sandbox on this kernel: don't run untrusted builds here";
  const checks = [
    check("namespaces", shared.length === 0, shared.length === 0 ? "all its own" : `shared with the host: ${shared.join(", ")}`, ALLOW_NAMESPACES),
    check("user", get("uid") === "1000" && /^0+$/.test(get("capabilities")), `uid ${get("uid")}, capabilities ${get("capabilities")}`, broken),
    check("system call filter", get("seccomp") === "2", get("seccomp") === "2" ? "loaded" : `mode ${get("seccomp")}`, "use a kernel with CONFIG_SECCOMP_FILTER"),
    check("nested namespaces", get("nested") === "refused", get("nested"), broken),
    check("host files", get("host-file") === "hidden", get("host-file"), broken),
    check("host loopback", get("loopback") === "closed", get("loopback"), broken),
    check("system folders", get("system") === "read-only", get("system"), broken),
    check("work folder quota", get("quota") === "2097152", `wrote ${get("quota")} of 3145728 bytes, limit 2097152: ${get("quota-said")}`, "use a kernel with tmpfs quotas"),
  ];
  const ok = checks.every((one) => one.ok);
  return { ok, isolation: ok ? "sandboxed" : "none", checks };
}

function readHostNamespace(name: string): string {
  try {
    return readlinkSync(`/proc/self/ns/${name}`);
  } catch {
    return "unknown";
  }
}

function failed(checks: Check[]): ExecutorProbe {
  return { ok: false, isolation: "none", checks };
}
