import { Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWebServer, type WebServer } from "~/server/http/create-web-server";
import { createLogger } from "~/server/logger";
import { startTracing, type StartedTracing } from "~/telemetry/start-tracing";
import { createTestUser, type TestUser } from "../../factories/users";
import { TEST_SECRET } from "../../support/api-server";
import { openPlatform, type Platform, type WorkerProcess } from "../../support/platform";
import { openTraceCollector, type CollectedSpan, type TraceCollector } from "../../support/trace-collector";

interface LogLine extends Record<string, unknown> {
  msg: string;
}

const FILES = [
  { path: "first.sh", content: "echo making; echo one > first.txt" },
  { path: "second.sh", content: "exit 3" },
  { path: "third.sh", content: "echo three > third.txt" },
];
const CLICK = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" };

const lines = { web: [] as LogLine[], worker: [] as LogLine[] };
const readLine = (line: string): LogLine => ({ msg: "", ...JSON.parse(line) });
let collector: TraceCollector;
let tracing: StartedTracing;
let platform: Platform;
let worker: WorkerProcess;
let web: WebServer;
let url: string;
let ada: TestUser;
let token: string;

beforeAll(async () => {
  collector = await openTraceCollector();
  tracing = await startTracing({ endpoint: collector.endpoint, serviceName: "slipway-web" });
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.web.push(readLine(String(chunk)));
      done();
    },
  });
  platform = await openPlatform({ logger: createLogger({ name: "web", level: "debug", destination }) });
  worker = await platform.startWorker({ otlpEndpoint: collector.endpoint, onLogLine: (line) => lines.worker.push(readLine(line)) });
  web = createWebServer({
    environment: {
      services: platform.context,
      settings: { signupOpen: true, githubEnabled: false, limits: { builds: 1_000, writes: 1_000, reads: 1_000 } },
      authSecret: TEST_SECRET,
      publicUrl: "http://slipway.test",
    },
    development: false,
    isMigrated: () => Promise.resolve(true),
    pages: () => null,
  });
  await new Promise<void>((resolve) => web.server.listen(0, "127.0.0.1", resolve));
  const address = web.server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  url = `http://127.0.0.1:${address.port}`;
  ada = await createTestUser({ services: platform.context });
  ({ token } = await ada.token());
});
afterAll(async () => {
  await web.drain({ graceMs: 1_000 });
  await platform.close();
  await tracing.shutdown();
  await collector.close();
});

async function push(name: string, headers: Record<string, string>): Promise<string> {
  const response = await fetch(`${url}/api/v1/builds`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
    body: JSON.stringify({ kind: "project", package: `${ada.handle}/${name}`, files: FILES }),
  });
  const body: { build_id: string } = await response.json();
  expect(response.status).toBe(202);
  await platform.finished(body.build_id);
  return body.build_id;
}

/** A write by the page's own way, with these headers. */
async function write(options: { files: typeof FILES; headers: Record<string, string> }): Promise<Response> {
  return fetch(`${url}/api/trpc/builds.create`, {
    method: "POST",
    headers: { "content-type": "application/json", ...options.headers },
    body: JSON.stringify({ kind: "project", package: `${ada.handle}/clicked`, files: options.files }),
  });
}

const traceOf = (number: number) => ({ traceId: `${number}`.padStart(32, "a"), spanId: `${number}`.padStart(16, "b") });

describe("one request", () => {
  const requestId = "click-4711";
  let buildId: string;

  beforeAll(async () => {
    buildId = await push("followed", { "x-request-id": requestId, traceparent: `00-${CLICK.traceId}-${CLICK.spanId}-01` });
    await push("followed", { "x-request-id": "click-4712" });
    await click();
    // Stopping sends what waits.
    await worker.stop();
    await tracing.shutdown();
  });

  const clicks: { said: string; is: "a click" | "none"; traceId: string; spanId: string }[] = [];

  /** Writes of a page, each the first of a trace of its own: the first one makes a build, the others say what does not count. */
  async function click(): Promise<void> {
    const { cookie } = await ada.cookie();
    const page = { cookie, origin: url };
    const cases: { said: string; is: "a click" | "none"; headers: Record<string, string>; flags?: string }[] = [
      { said: "from the page", is: "a click", headers: { ...page, "x-slipway-click": "250" } },
      { said: "at its longest", is: "a click", headers: { ...page, "x-slipway-click": "60000" } },
      { said: "from another site", is: "none", headers: { cookie, origin: "https://elsewhere.example", "x-slipway-click": "250" } },
      { said: "with a token", is: "none", headers: { authorization: `Bearer ${token}`, origin: url, "x-slipway-click": "250" } },
      { said: "signed in as nobody", is: "none", headers: { origin: url, "x-slipway-click": "250" } },
      { said: "too long ago", is: "none", headers: { ...page, "x-slipway-click": "60001" } },
      { said: "in the future", is: "none", headers: { ...page, "x-slipway-click": "-5" } },
      { said: "in other words", is: "none", headers: { ...page, "x-slipway-click": "builds.create" } },
      { said: "not at all", is: "none", headers: page },
      { said: "by a caller who is not sampled", is: "none", flags: "00", headers: { ...page, "x-slipway-click": "250" } },
    ];
    for (const [index, { said, is, headers, flags = "01" }] of cases.entries()) {
      const ids = traceOf(index + 1);
      clicks.push({ said, is, ...ids });
      const answer = await write({ files: index === 0 ? FILES : [], headers: { ...headers, "x-request-id": `click-${index}`, traceparent: `00-${ids.traceId}-${ids.spanId}-${flags}` } });
      if (index > 0) continue;
      const made: { result: { data: { build_id: string } } } = await answer.json();
      await platform.finished(made.result.data.build_id);
    }
  }

  it("of a page is one trace from the click itself, which the server writes for it", () => {
    const [first] = clicks;
    const trace = collector.spans.filter((span) => span.traceId === first?.traceId);
    const chain = ["click builds.create", "POST /api/trpc/builds.create", "create build", "outbox build/requested", "workflow build-release"];
    let parent: string | undefined;
    for (const name of chain) {
      const [span, ...more] = trace.filter((each) => each.name === name);
      expect([name, span?.parentSpanId, more.length]).toEqual([name, parent, 0]);
      parent = span?.spanId;
    }
    const clicked = trace.find((span) => span.name === chain[0]);
    const asked = trace.find((span) => span.name === chain[1]);
    expect(clicked).toMatchObject({ spanId: first?.spanId, service: "slipway-web", failed: false });
    expect(clicked?.attributes).toEqual({ "slipway.request_id": "click-0" });
    const lead = (asked?.startedAt ?? 0) - (clicked?.startedAt ?? 0);
    expect(lead).toBeGreaterThan(230);
    expect(lead).toBeLessThan(5_000);
    expect((clicked?.startedAt ?? 0) + (clicked?.durationMs ?? 0)).toBeGreaterThanOrEqual((asked?.startedAt ?? 0) + (asked?.durationMs ?? 0) - 20);
    expect(trace.filter((span) => span.name.startsWith("stage "))).toHaveLength(3);
    expect(trace).toHaveLength(chain.length + 3);
  });

  it("has a click only where the page of somebody signed in says so, sanely", () => {
    const found = clicks.map(({ said, traceId, spanId }) => {
      const own = collector.spans.filter((span) => span.traceId === traceId && span.spanId === spanId);
      expect(own.map((span) => span.name)).toEqual(own.map(() => "click builds.create"));
      return `${said}: ${own.length === 1 ? "a click" : "none"}`;
    });
    expect(found).toEqual(clicks.map(({ said, is }) => `${said}: ${is}`));
    // What is no click goes on from the caller's trace as ever.
    const refused = collector.spans.find((span) => span.traceId === traceOf(3).traceId);
    expect(refused).toMatchObject({ name: "POST /api/trpc/builds.create", parentSpanId: traceOf(3).spanId });
  });

  it("is followed by its id through every process that worked for it", () => {
    const ofWeb = lines.web.filter((line) => line.requestId === requestId);
    expect(ofWeb.filter((line) => line.msg === "answered")).toEqual([expect.objectContaining({ method: "POST", route: "/api/v1/builds", status: 202 })]);
    const ofWorker = lines.worker.filter((line) => line.requestId === requestId);
    expect(new Set(ofWorker.map((line) => line.buildId))).toEqual(new Set([buildId]));
    for (const stage of ["first", "second", "third"]) {
      expect(ofWorker).toContainEqual(expect.objectContaining({ msg: "stage begins", stage, attempt: 1 }));
      expect(ofWorker).toContainEqual(expect.objectContaining({ msg: "stage over", stage, status: stage === "second" ? "failed" : "successful", cached: false }));
    }
    expect(ofWorker.map((line) => line.msg)).toEqual(expect.arrayContaining(["build begins", "build over"]));
    expect([...ofWeb, ...ofWorker].filter((line) => line.msg === "workflow event sent")).toEqual([expect.objectContaining({ buildId, event: "build/requested" })]);
    // Nothing of it is told under another request's id.
    expect([...lines.web, ...lines.worker].filter((line) => line.buildId === buildId && line.requestId !== requestId)).toEqual([]);
  });

  it("never shows the token that it came with", () => {
    expect(JSON.stringify([...lines.web, ...lines.worker])).not.toContain(token);
  });

  it("is one trace, from the click to the last stage", () => {
    const trace = collector.spans.filter((span) => span.traceId === CLICK.traceId);
    const find = (name: string): CollectedSpan => {
      const [found, ...more] = trace.filter((span) => span.name === name);
      if (found === undefined || more.length > 0) throw new Error(`${name}: ${more.length + (found === undefined ? 0 : 1)} spans of ${trace.map((span) => span.name).join(", ")}`);
      return found;
    };
    const chain = ["POST /api/v1/builds", "create build", "outbox build/requested", "workflow build-release"].map(find);
    let parent: string | undefined = CLICK.spanId;
    for (const span of chain) {
      expect(span.parentSpanId, span.name).toBe(parent);
      parent = span.spanId;
    }
    const stages = ["stage first", "stage second", "stage third"].map(find);
    expect(stages.map((span) => span.parentSpanId)).toEqual([parent, parent, parent]);
    expect(trace).toHaveLength(chain.length + stages.length);
    expect(find("stage first").attributes).toMatchObject({ "slipway.build_id": buildId, "slipway.stage": "first", "slipway.status": "successful", "slipway.cached": false, "slipway.attempt": 1 });
    expect(find("stage second")).toMatchObject({ failed: true, attributes: { "slipway.status": "failed" } });
    expect(find("workflow build-release")).toMatchObject({ service: "slipway-worker", failed: true, attributes: { "slipway.request_id": requestId } });
    expect(find("POST /api/v1/builds")).toMatchObject({ service: "slipway-web", attributes: { "http.response.status_code": 202, "http.route": "/api/v1/builds" } });
    expect(new Set(collector.spans.map((span) => `${span.traceId} ${span.spanId}`)).size).toBe(collector.spans.length);
  });

  it("is in the figures of the web process, which did not run it", async () => {
    const answer = await fetch(`${url}/metrics`);
    const metrics = await answer.text();
    const sumOf = (pattern: RegExp): number => [...metrics.matchAll(pattern)].reduce((sum, match) => sum + Number(match[1]), 0);
    expect(sumOf(/^slipway_builds_finished_total\{kind="project",outcome="failed"\} (\d+)$/gm)).toBe(3);
    expect(sumOf(/^slipway_stages_finished_total\{(?=.*stage="first")(?=.*cached="true").*\} (\d+)$/gm)).toBe(2);
    expect(sumOf(/^slipway_stages_finished_total\{(?=.*stage="first")(?=.*cached="false").*\} (\d+)$/gm)).toBe(1);
    expect(sumOf(/^slipway_stage_duration_seconds_count\{.*stage="second"\} (\d+)$/gm)).toBe(3);
    expect(sumOf(/^slipway_build_queue_wait_seconds_count\{kind="project"\} (\d+)$/gm)).toBe(3);
    const rows = await platform.context.database.db.buildStage.findMany({ select: { logLines: true } });
    expect(sumOf(/^slipway_log_lines_total\{kind="project"\} (\d+)$/gm)).toBe(rows.reduce((sum, row) => sum + row.logLines, 0));
  });

  it("that comes without a trace begins one of its own, and tells what was reused", () => {
    const told = new Set([CLICK, ...clicks].map(({ traceId }) => traceId));
    const cached = collector.spans.find((span) => span.name === "stage first" && !told.has(span.traceId));
    expect(cached?.attributes).toMatchObject({ "slipway.cached": true, "slipway.status": "successful" });
    const root = collector.spans.find((span) => span.traceId === cached?.traceId && span.name === "POST /api/v1/builds");
    expect(root).toBeDefined();
    expect(root?.parentSpanId).toBeUndefined();
  });
});
