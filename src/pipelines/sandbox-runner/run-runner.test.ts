import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { CollectedFile, ExecutionResult } from "~/executors/types";
import type { DeploymentLedger, StageCommand, StageContext } from "../define";
import { MAX_RESULT_BYTES, runRunner } from "./run-runner";
import type { SandboxToolchain } from "./toolchain";

const toolchain: SandboxToolchain = { kind: "circuit", advice: {}, versions: () => ({}), command: (runner) => ["node", runner], mounts: [], env: {} };
const schema = z.object({ boards: z.number() });
const usage = { wallMs: 1, cpuMs: 1, peakMemoryMb: 1, outputBytes: 0, diskBytes: 0 };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "run-runner-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function output(name: string, content: string): CollectedFile {
  const hostFile = path.join(folder, name.replaceAll("/", "_"));
  writeFileSync(hostFile, content);
  return { path: name, hostFile, size: Buffer.byteLength(content) };
}

/** What the runner answers when its command ends like this; and the command that was asked for. */
async function answerTo(end: Partial<ExecutionResult>, limits?: { wallMs: number }) {
  const commands: StageCommand[] = [];
  const context: StageContext<unknown> = {
    files: [], everyFile: [], options: {}, workdir: folder, needs: {}, secrets: {}, signal: new AbortController().signal,
    artifacts: { put: async () => undefined }, log: () => 0, progress: () => undefined,
    get ledger(): DeploymentLedger {
      throw new Error("A runner has nothing to do with the ledger.");
    },
    exec: async (command) => {
      commands.push(command);
      return { exitCode: 0, signal: null, aborted: false, usage, isolation: "sandboxed", outputs: [], refused: [], ...end };
    },
  };
  const answer = await runRunner({ context, toolchain, runner: "build", job: { a: 1 }, files: [{ path: "x.js", read: async () => new Uint8Array([1]) }], result: schema, doing: "Rendering", limits });
  return { answer, commands };
}

describe("runRunner", () => {
  it("hands over the job and the files, and answers the checked result with the artifacts", async () => {
    const { answer, commands } = await answerTo({ outputs: [output("result.json", '{"boards":2}'), output("artifacts/a/b.json", "{}"), output("stray.txt", "")] });
    expect(answer).toMatchObject({ ok: true, result: { boards: 2 } });
    expect([...answer.artifacts.keys()]).toEqual(["a/b.json"]);
    expect(commands[0]).toMatchObject({ command: ["node", "build"], warmKey: "circuit/build" });
    expect(commands[0]?.inputs.map((input) => input.path)).toEqual(["job.json", "files/x.js"]);
  });

  it("keeps no process waiting for a job with limits of its own", async () => {
    const { commands } = await answerTo({ outputs: [output("result.json", '{"boards":2}')] }, { wallMs: 5 });
    expect(commands[0]).toMatchObject({ limits: { wallMs: 5 }, warmKey: undefined });
  });

  it.each([
    ["wallMs", "time_limit"],
    ["cpuSeconds", "time_limit"],
    ["memoryMb", "memory_limit"],
    ["pids", "process_limit"],
    ["outputBytes", "output_limit"],
    ["diskMb", "disk_limit"],
    ["diskFiles", "disk_limit"],
  ] as const)("tells the limit %s as %s, whatever was written", async (limitHit, code) => {
    const { answer } = await answerTo({ exitCode: null, signal: "SIGKILL", limitHit, outputs: [output("result.json", '{"boards":2}')] });
    expect(answer).toMatchObject({ ok: false, error: { code, message: expect.stringMatching(/^Rendering .+\. .+\.$/) } });
  });

  it.each([
    { exitCode: null, signal: "SIGABRT" },
    { exitCode: null, signal: "SIGTRAP" },
    { exitCode: 134, signal: null },
  ])("tells a full heap ($exitCode $signal) as the memory limit", async (end) => {
    expect((await answerTo(end)).answer).toMatchObject({ ok: false, error: { code: "memory_limit" } });
  });

  it.each([
    ["no result file", { exitCode: 0 }],
    ["a death without a result", { exitCode: 1 }],
    ["a killed process", { exitCode: null, signal: "SIGKILL" }],
  ])("tells %s as no_result", async (_name, end) => {
    expect((await answerTo(end)).answer).toMatchObject({ ok: false, error: { code: "no_result" } });
  });

  it.each([
    ["of another shape", '{"boards":"two"}'],
    ["that is no JSON", "boards"],
    ["that is too large", `{"boards":1,"pad":"${"x".repeat(MAX_RESULT_BYTES)}"}`],
  ])("refuses a result %s", async (_name, content) => {
    expect((await answerTo({ outputs: [output("result.json", content)] })).answer).toMatchObject({ ok: false, error: { code: "no_result" } });
  });
});
