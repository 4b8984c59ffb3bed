/**
 * `npm run bench`: what the platform costs beside the bare tools, and how long a person waits, in one run.
 * `npm run bench -- --write` puts the figures into docs/performance.md.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { EXAMPLES } from "../../src/pipelines/circuit/examples";
import { findProjectRoot } from "../../src/project-root";
import { compareContracts } from "./contract";
import { measureCachedRebuilds, measureCancels, measureFullBuilds, measureLinesToBrowser } from "./measures";
import { measureMemory } from "./memory";
import { createClient, startProduct } from "./product";
import { createReport } from "./report";
import { formatMs, median, percentile } from "./statistics";

const FULL_BUILDS = 5;
const CACHED_REBUILDS = 40;
const CANCELS = 12;
/** Loading a toolchain ahead takes about two seconds on two cores; four runners wait for the next build. */
const WARM_PAUSE_MS = 7_000;
const CHROMIUM = "/usr/bin/chromium";

const root = findProjectRoot();
const example = EXAMPLES[0];
if (example === undefined) throw new Error("There is no example package to measure with.");
const { note, finish } = createReport({ mark: "figures", command: "npm run bench -- --write" });

/** The same stages by the bare tools, in one fresh Node process, ms. */
async function runBare(folder: string): Promise<number> {
  const out = await mkdtemp(path.join(tmpdir(), "slipway-bare-"));
  const began = performance.now();
  const child = spawn(process.execPath, [path.join(root, "scripts/bench/bare-circuit.mjs"), folder, out], { stdio: ["ignore", "ignore", "inherit"] });
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  const took = performance.now() - began;
  await rm(out, { recursive: true, force: true });
  if (code !== 0) throw new Error(`The bare script ended with ${code}.`);
  return took;
}

async function compareWithBare(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "slipway-bench-package-"));
  for (const file of example?.files ?? []) {
    await mkdir(path.dirname(path.join(folder, file.path)), { recursive: true });
    await writeFile(path.join(folder, file.path), file.content);
  }
  await runBare(folder);
  const files = example?.files ?? [];
  const bare: number[] = [];
  const between = async () => void bare.push(await runBare(folder));
  const withoutRunners = await startProduct({ SLIPWAY_WARM_RUNNERS: "0" });
  const cold = await measureFullBuilds({ client: createClient(withoutRunners), files, times: FULL_BUILDS, pauseMs: 0, between }).finally(withoutRunners.stop);
  const withRunners = await startProduct({ SLIPWAY_WARM_RUNNERS: "1" });
  const warm = await measureFullBuilds({ client: createClient(withRunners), files, times: FULL_BUILDS, pauseMs: WARM_PAUSE_MS, between }).finally(withRunners.stop);
  await rm(folder, { recursive: true, force: true });

  const base = median(bare);
  note({ what: `Bare toolchain script, fresh process, all four stages of "${example?.title ?? ""}" (median of ${bare.length})`, figure: formatMs(base), aim: "", met: null });
  const coldRatio = median(cold) / base;
  note({ what: `The same through the platform, cold (median of ${cold.length})`, figure: `${formatMs(median(cold))} = ${coldRatio.toFixed(2)} × bare`, aim: "≤ 1.25 ×", met: coldRatio <= 1.25 });
  const warmRatio = median(warm) / base;
  note({ what: `The same through the platform, runners started ahead (median of ${warm.length})`, figure: `${formatMs(median(warm))} = ${warmRatio.toFixed(2)} × bare`, aim: "< 1 ×", met: warmRatio < 1 });
}

async function measureWaiting(): Promise<void> {
  const product = await startProduct();
  try {
    const client = createClient(product);
    const { toFirstStage, total } = await measureCachedRebuilds({ client, files: example?.files ?? [], times: CACHED_REBUILDS });
    const spread = (samples: readonly number[]) => `p50 ${formatMs(median(samples))}, p95 ${formatMs(percentile(samples, 0.95))}`;
    note({ what: `Trigger → first stage started (${toFirstStage.length} builds)`, figure: spread(toFirstStage), aim: "p95 < 250 ms", met: percentile(toFirstStage, 0.95) < 250 });
    note({ what: `Cached rebuild, trigger → completed (${total.length} builds)`, figure: spread(total), aim: "< 500 ms", met: percentile(total, 0.95) < 500 });
    if (existsSync(CHROMIUM)) {
      const lines = await measureLinesToBrowser({ product, executablePath: CHROMIUM });
      note({ what: `Log line printed in the sandbox → received in Chromium (${lines.length} lines)`, figure: spread(lines), aim: "p95 < 200 ms", met: percentile(lines, 0.95) < 200 });
    } else {
      note({ what: "Log line printed in the sandbox → received in Chromium", figure: `not measured: ${CHROMIUM} is not installed`, aim: "p95 < 200 ms", met: null });
    }
    const { confirmed, call } = await measureCancels({ client, times: CANCELS });
    note({ what: `Cancel → every process confirmed dead (${confirmed.length} endless boards)`, figure: spread(confirmed), aim: "p95 < 1 s", met: percentile(confirmed, 0.95) < 1000 });
    note({ what: "Cancel, the whole HTTP call", figure: spread(call), aim: "", met: null });
    await measureMemory({ client, product, note });
  } finally {
    await product.stop();
  }
}

await compareWithBare();
await compareContracts({ note });
await measureWaiting();
await finish({ write: process.argv.includes("--write") });
