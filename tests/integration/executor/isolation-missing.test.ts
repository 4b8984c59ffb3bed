/** Where isolation can't be had: refuse and say why, or run marked as insecure. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { runInsecurely } from "~/executors/local/insecure";
import { createHarness } from "./harness";

const answer = z.object({
  probe: z.object({ ok: z.boolean(), isolation: z.string(), checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string(), fix: z.string().optional() })) }),
  result: z.object({
    rejected: z.object({ code: z.string(), message: z.string() }).optional(),
    exitCode: z.number().nullish(),
    isolation: z.string().optional(),
    outputs: z.array(z.object({ path: z.string(), hostFile: z.string() })).optional(),
  }),
  output: z.object({ stdout: z.string(), stderr: z.string() }),
});

describe("without a working bubblewrap", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "slipway-insecure-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the fixture where `/usr/bin/bwrap` can't be executed. */
  const start = async (mode: "allow" | "refuse"): Promise<z.infer<typeof answer>> => {
    const script = 'mount --bind /dev/null /usr/bin/bwrap && exec "$@"';
    const fixture = join(import.meta.dirname, "fixtures/without-bubblewrap.ts");
    const { stdout } = await promisify(execFile)("/usr/bin/unshare", ["--mount", "--propagation", "private", "--", "/bin/bash", "--norc", "-c", script, "start", process.execPath, "--import", "tsx", fixture, folder, mode]);
    return answer.parse(JSON.parse(stdout));
  };

  it("refuses to run anything and names the fix", async () => {
    const { probe, result, output } = await start("refuse");
    expect(probe).toMatchObject({ ok: false, isolation: "none" });
    expect(probe.checks.map((check) => check.fix).join()).toContain("apt-get install bubblewrap");
    expect(result.rejected?.code).toBe("not_available");
    expect(result.rejected?.message).toContain("apt-get install bubblewrap");
    expect(output.stdout).toBe("");
  });

  it("runs if that was allowed, with its paths translated, and marks the result", async () => {
    const { probe, result, output } = await start("allow");
    expect(probe).toMatchObject({ ok: true, isolation: "insecure" });
    expect(probe.checks.at(-1)?.detail).toContain("WITHOUT isolation");
    expect(output.stderr).toBe("");
    expect(output.stdout).toMatch(/^go --inputs=\/\S+\/in\/some:\/\S+\/out \S+\/toolchain\/bin true undefined\n$/);
    expect(result).toMatchObject({ exitCode: 0, isolation: "insecure", outputs: [{ path: "answer" }] });
    expect(readFileSync(result.outputs?.[0]?.hostFile ?? "", "utf8")).toBe("hello!");
  });
});

describe("an insecure run", () => {
  const run = async (script: string, limits: object = {}, signal = new AbortController().signal, onOutput: () => void = () => undefined) => {
    const sandbox = createHarness();
    try {
      const job = sandbox.makeJob({ command: ["bash", "--norc", "-c", script], limits });
      return await runInsecurely({ job, run: { signal, onOutput }, workRoot: join(sandbox.folder, "insecure") });
    } finally {
      await sandbox.close();
    }
  };

  it("ends at its wall time", async () => {
    expect(await run("trap '' TERM; while :; do sleep 0.05; done", { wallMs: 300 })).toMatchObject({ limitHit: "wallMs", isolation: "insecure" });
  });

  it("ends at its CPU time", async () => {
    expect(await run("while :; do :; done", { cpuSeconds: 0.3 })).toMatchObject({ limitHit: "cpuSeconds" });
  });

  it("ends at its memory", async () => {
    expect(await run(`perl -e 'my $x = "x" x (200 * 1048576); sleep 30'`, { memoryMb: 64 })).toMatchObject({ limitHit: "memoryMb" });
  });

  it("ends at its processes", async () => {
    expect(await run("for n in 1 2 3 4 5 6 7 8; do sleep 30 & done; wait", { pids: 4 })).toMatchObject({ limitHit: "pids" });
  });

  it("ends at its output", async () => {
    expect(await run("yes", { outputBytes: 10_000 })).toMatchObject({ limitHit: "outputBytes" });
  });

  it("ends when aborted", async () => {
    const controller = new AbortController();
    expect(await run("echo on; sleep 30", {}, controller.signal, () => controller.abort())).toMatchObject({ aborted: true, signal: "SIGTERM" });
  });

  it("is not held up by a daemon that keeps its output open", async () => {
    const result = await run("setsid -f sleep 3; echo done");
    expect(result).toMatchObject({ exitCode: 0 });
  });
});
