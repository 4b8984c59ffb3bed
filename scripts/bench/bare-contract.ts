/**
 * The bare tools, for comparison: prompt → source → bytecode → audit → contracts on two fresh local chains, in one fresh
 * process, with the same modules and without platform, sandbox or database.
 *
 *     node --import tsx scripts/bench/bare-contract.ts "<prompt>"
 *
 * Prints one JSON line: milliseconds of each stage. Loading this script's own modules does not count, loading the tools does.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { createPublicClient, createWalletClient, http } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { z } from "zod";
import { findAnvil } from "../../src/chains/find-anvil";
import { makePropertyTests } from "../../src/pipelines/contract/audit/property-tests";
import { ANALYZERS } from "../../src/pipelines/contract/audit/report";
import { SLITHER_CHECKS } from "../../src/pipelines/contract/audit/rules";
import { deployableSchema } from "../../src/pipelines/contract/deployable";
import { understandPrompt } from "../../src/pipelines/contract/spec/understand";
import { writeContract } from "../../src/pipelines/contract/templates";
import { findProjectRoot } from "../../src/project-root";
import { findFreePort } from "./product";

/** The first account of anvil's public test mnemonic: worth nothing anywhere else. */
const KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const CHAINS = [31_337, 5_001];
const TIMEOUT_MS = 60_000;

const root = findProjectRoot();
const toolchains = path.join(root, "toolchains");
const work = await mkdtemp(path.join(tmpdir(), "bare-contract-"));
const timings: Record<string, number> = {};

async function timed<Result>(stage: string, run: () => Promise<Result>): Promise<Result> {
  const since = performance.now();
  const result = await run();
  timings[stage] = Math.round(performance.now() - since);
  return result;
}

const stageModule = z.object({ run: z.custom<(dirs: { inputDir: string; outputDir: string }) => unknown>((value) => typeof value === "function") });

/** A stage's module as its runner would run it, on `job` and the sources. */
async function runStage(options: { module: string; job: object; files: readonly { path: string; content: string }[] }): Promise<{ result: unknown; artifacts: string }> {
  const [inputDir, outputDir] = await Promise.all(["in", "out"].map((name) => mkdtemp(path.join(work, `${name}-`))));
  if (inputDir === undefined || outputDir === undefined) throw new Error("No work folders.");
  await writeFile(path.join(inputDir, "job.json"), JSON.stringify(options.job));
  for (const file of options.files) {
    await mkdir(path.dirname(path.join(inputDir, "files", file.path)), { recursive: true });
    await writeFile(path.join(inputDir, "files", file.path), file.content);
  }
  const { run } = stageModule.parse(await import(pathToFileURL(path.join(toolchains, options.module)).href));
  return { result: await run({ inputDir, outputDir }), artifacts: path.join(outputDir, "artifacts") };
}

async function startAnvil(chainId: number): Promise<{ child: ChildProcess; url: string }> {
  const program = findAnvil({ toolchainsDir: toolchains, searchPath: undefined });
  if (program === null) throw new Error("There is no anvil here.");
  const port = await findFreePort();
  const child = spawn(program, ["--port", String(port), "--chain-id", String(chainId)], { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on("data", (chunk: Buffer) => void (chunk.toString().includes("Listening on") && resolve()));
    child.once("exit", (code) => reject(new Error(`anvil ended with ${code}.`)));
  });
  return { child, url: `http://127.0.0.1:${port}` };
}

const auditResult = z.object({ problem: z.null(), analyzers: z.array(z.object({ name: z.string(), status: z.string() })) });
const nodes: ChildProcess[] = [];
try {
  const prompt = process.argv[2] ?? "";
  const { files, contract, args } = await timed("code_generation", () => {
    const { spec } = understandPrompt({ prompt });
    if (spec === null || spec.template === "custom") throw new Error(`The prompt is not understood: ${prompt}`);
    return Promise.resolve(writeContract(spec));
  });
  const deployable = await timed("compilation", async () => {
    const { artifacts } = await runStage({ module: "contract/stages/compilation.mjs", job: {}, files });
    return { ...deployableSchema.parse(JSON.parse(await readFile(path.join(artifacts, `bytecode/${contract}.json`), "utf8"))), constructor_args: [...args] };
  });
  await timed("security_audit", async () => {
    const job = { analyzers: ANALYZERS, timeout_ms: TIMEOUT_MS, detectors: SLITHER_CHECKS, property_tests: makePropertyTests(deployable) };
    const { analyzers } = auditResult.parse((await runStage({ module: "audit/stages/security-audit.mjs", job, files })).result);
    const broken = analyzers.filter((analyzer) => analyzer.status !== "ran");
    if (broken.length > 0) throw new Error(`Analyzers that did not run: ${broken.map(({ name, status }) => `${name} (${status})`).join(", ")}`);
  });
  await timed("deployment", async () => {
    await Promise.all(
      CHAINS.map(async (chainId) => {
        const { child, url } = await startAnvil(chainId);
        nodes.push(child);
        const account = privateKeyToAccount(KEY);
        const transport = http(url);
        const reader = createPublicClient({ transport, pollingInterval: 20 });
        const hash = await createWalletClient({ transport, account }).deployContract({
          chain: null,
          abi: z.array(z.looseObject({ type: z.string() })).parse(deployable.abi),
          bytecode: z.templateLiteral(["0x", z.string()]).parse(deployable.bytecode),
          args: deployable.constructor_args.map((arg) => (arg === "$deployer" ? account.address : arg)),
        });
        const { contractAddress } = await reader.waitForTransactionReceipt({ hash });
        if (contractAddress == null || (await reader.getCode({ address: contractAddress })) === undefined) throw new Error("Nothing was deployed.");
      }),
    );
  });
  process.stdout.write(`${JSON.stringify(timings)}\n`);
} finally {
  for (const child of nodes) child.kill("SIGKILL");
  await rm(work, { recursive: true, force: true });
}
// Analyzers that were started ahead wait for another job.
process.exit();
