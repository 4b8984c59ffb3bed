import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DEFAULT_CHAINS } from "~/chains";
import { createLocalExecutor } from "~/executors/local";
import { createInngest, sendWorkflowEvents } from "~/inngest/client";
import { createRegistry } from "~/pipelines/registry";
import { startWorker } from "~/worker/start-worker";
import { createTestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";
import { openTestChains } from "../../support/deployment-pipeline";
import { matchesShown } from "../../support/shown-output";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

interface Block {
  line: number;
  command: string;
  /** What the page shows of the command's output, in the block right after it. */
  shown: { language: string; text: string } | null;
}

let server: ApiServer;
let folder: string;
let token: string;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "slipway-docs-"));
  const chains = openTestChains({ chains: DEFAULT_CHAINS, folder, host: true });
  const pipelines = createRegistry({ toolchainsDir: path.join(ROOT, "toolchains"), nodeBinary: process.execPath, nodeVersion: process.versions.node, chains });
  server = await openApiServer({
    pipelines,
    chains,
    createSend: ({ pool }) => {
      const inngest = createInngest({ pool, server: undefined });
      return (events) => sendWorkflowEvents({ inngest, events });
    },
  });
  token = (await (await createTestUser({ services: server.services })).token()).token;
  const executor = createLocalExecutor({ slots: 2, workRoot: path.join(folder, "sandboxes"), allowInsecure: false, warmPerKey: 0, logger: SILENT });
  const worker = await startWorker({ databaseUrl: server.databaseUrl, blobDirectory: server.blobDirectory, workRoot: path.join(folder, "attempts"), pipelines, chains, executor, logger: SILENT, slots: 2, concurrency: 8, perWorkspace: 4 });
  closing.push(() => worker.stop(), () => executor.close(), () => server.close(), () => chains.close(), () => rm(folder, { recursive: true, force: true }));
});
afterAll(async () => {
  for (const close of closing) await close();
});

async function readBlocks(): Promise<Block[]> {
  const text = await readFile(path.join(ROOT, "docs/api.md"), "utf8");
  const fences = [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((match) => ({ language: match[1] ?? "", text: match[2] ?? "", line: text.slice(0, match.index).split("\n").length }));
  return fences.flatMap((fence, index) => {
    if (fence.language !== "sh") return [];
    const next = fences[index + 1];
    return [{ line: fence.line, command: fence.text, shown: next === undefined || next.language === "sh" ? null : next }];
  });
}

/** One shell for the whole page, as its reader has one; each block's output apart, up to the one that failed. */
async function runBlocks(blocks: readonly Block[]): Promise<{ outputs: string[]; failure: string }> {
  const mark = "=====end of a block=====";
  const script = ["set -euo pipefail", ...blocks.map(({ command }) => `${command}\nprintf '\\n${mark}\\n'`)].join("\n");
  const shell = spawn("bash", ["-c", script], { cwd: await mkdtemp(path.join(folder, "reader-")), env: { NODE_ENV: "test", PATH: process.env.PATH, HOME: folder, SLIPWAY_URL: server.url, SLIPWAY_TOKEN: token } });
  let output = "";
  shell.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  shell.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const tooLong = setTimeout(() => shell.kill("SIGKILL"), 270_000);
  const code = await new Promise<number | null>((resolve) => shell.once("close", resolve));
  clearTimeout(tooLong);
  const outputs = output.split(`\n${mark}\n`);
  return { outputs: outputs.slice(0, -1), failure: code === 0 ? "" : `The block at line ${blocks[outputs.length - 1]?.line ?? "?"} ended with ${code}:\n${outputs.at(-1) ?? ""}` };
}

it("every block of docs/api.md does what the page says", { timeout: 330_000 }, async () => {
  const blocks = await readBlocks();
  expect(blocks.length).toBeGreaterThan(20);
  const { outputs, failure } = await runBlocks(blocks);
  const wrong = blocks.slice(0, outputs.length).flatMap(({ line, shown }, index) => {
    const output = outputs[index] ?? "";
    return shown === null || matchesShown({ shown: shown.text, language: shown.language, output }) ? [] : [`line ${line} shows\n${shown.text}and got\n${output}\n`];
  });
  expect([...wrong, failure].join("\n").trim()).toBe("");
});
