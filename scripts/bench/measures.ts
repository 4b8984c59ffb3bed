/** What is measured, each against a running product. All times are taken on one machine, so its clock is shared. */
import { setTimeout as delay } from "node:timers/promises";
import { chromium } from "@playwright/test";
import { createClient, type BuildDetail, type Client, type Product } from "./product";

export interface SourceFile {
  path: string;
  content: string;
}

function successful(build: BuildDetail): BuildDetail {
  if (build.status !== "successful") throw new Error(`Build ${build.build_id} is ${build.status}: ${build.error?.message ?? ""}`);
  return build;
}

const elapsed = (build: BuildDetail): number => (build.completed_at?.getTime() ?? Number.NaN) - build.created_at.getTime();

/** Full builds without reuse, created → completed, ms. `pauseMs`: time for runners to be started ahead. */
export async function measureFullBuilds(options: { client: Client; files: readonly SourceFile[]; times: number; pauseMs: number; between?: () => Promise<void> }): Promise<number[]> {
  const { client, files, times, pauseMs } = options;
  const first = await client.push("bench-full", files);
  successful(await client.finished(first.build_id));
  const samples: number[] = [];
  for (let i = 0; i < times; i++) {
    await options.between?.();
    await delay(pauseMs);
    const { build_id: buildId } = await client.rebuild(first.build_id, "all");
    samples.push(elapsed(successful(await client.finished(buildId))));
  }
  return samples;
}

/** Rebuilds of which nothing changed: created → first stage started, and created → completed, ms. */
export async function measureCachedRebuilds(options: { client: Client; files: readonly SourceFile[]; times: number }): Promise<{ toFirstStage: number[]; total: number[] }> {
  const { client, files, times } = options;
  const first = await client.push("bench-cached", files);
  successful(await client.finished(first.build_id));
  const toFirstStage: number[] = [];
  const total: number[] = [];
  for (let i = 0; i < times; i++) {
    const { build_id: buildId } = await client.rebuild(first.build_id, "stale");
    const build = successful(await client.finished(buildId));
    if (!build.stages.every((stage) => stage.cached)) throw new Error("A rebuild of nothing changed ran a stage.");
    toFirstStage.push(Math.min(...build.stages.map((stage) => stage.started_at?.getTime() ?? Infinity)) - build.created_at.getTime());
    total.push(elapsed(build));
  }
  return { toFirstStage, total };
}

const SPINNING = [
  { path: "index.tsx", content: 'console.log("spinning");\nfor (;;) {}\nexport default () => <board width="10mm" height="10mm" />;\n' },
];

/** A board that never ends, cancelled once it runs: asked → confirmed dead (as the platform says), and the whole call, ms. */
export async function measureCancels(options: { client: Client; times: number }): Promise<{ confirmed: number[]; call: number[] }> {
  const { client, times } = options;
  const confirmed: number[] = [];
  const call: number[] = [];
  for (let i = 0; i < times; i++) {
    const { build_id: buildId } = await client.push(`bench-cancel-${i}`, SPINNING);
    for await (const one of client.events(buildId)) {
      if (one.type === "build.log" && one.message?.includes("spinning") === true) break;
      if (one.type === "build.completed") throw new Error("The endless board ended before it was cancelled.");
    }
    const asked = performance.now();
    await client.cancel(buildId);
    call.push(performance.now() - asked);
    const build = await client.get(buildId);
    if (build.status !== "cancelled" || build.cancelled_in_ms === null) throw new Error(`Build ${buildId} is ${build.status} after its cancel.`);
    confirmed.push(build.cancelled_in_ms);
  }
  return { confirmed, call };
}

const LINES = 150;
/** Prints its clock every 15 ms, busy in between, as a board that computes is. */
const PRINTING = [
  {
    path: "index.tsx",
    content: [
      `for (let i = 0; i < ${LINES}; i++) {`,
      "  console.log(`clock=${Date.now()}`);",
      "  const until = Date.now() + 15;",
      "  while (Date.now() < until) {}",
      "}",
      'export default () => <board width="10mm" height="10mm" />;',
      "",
    ].join("\n"),
  },
];

/** Line printed inside the sandbox → received by an EventSource in a real browser that is signed in, ms. */
export async function measureLinesToBrowser(options: { product: Product; executablePath: string }): Promise<number[]> {
  const { product, executablePath } = options;
  const client = createClient(product);
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage();
    // The loader of this file marks functions with a helper of its own, which the page lacks.
    await page.addInitScript("globalThis.__name = (value) => value");
    await page.goto(`${product.url}/sign-in`);
    await page.getByLabel("E-mail").fill(product.admin.email);
    await page.getByLabel("Password", { exact: true }).fill(product.admin.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
    const { build_id: buildId } = await client.push("bench-lines", PRINTING);
    const samples = await page.evaluate(
      (route) =>
        new Promise<number[]>((resolve, reject) => {
          const seen: number[] = [];
          const source = new EventSource(route);
          const take = (message: MessageEvent<string>) => {
            const now = Date.now();
            const parsed = JSON.parse(message.data);
            const clock = /clock=(\d+)/.exec(parsed.message ?? "");
            if (clock !== null) seen.push(now - Number(clock[1]));
            if (parsed.type === "build.completed") {
              source.close();
              resolve(seen);
            }
          };
          for (const type of ["message", "build.created", "build.step", "build.log", "build.completed"]) source.addEventListener(type, (message) => take(message as MessageEvent<string>));
          setTimeout(() => reject(new Error("The stream did not end within 60 s.")), 60_000);
        }),
      `/api/v1/builds/${buildId}/events`,
    );
    if (samples.length !== LINES) throw new Error(`${samples.length} of ${LINES} lines reached the browser.`);
    return samples;
  } finally {
    await browser.close();
  }
}
