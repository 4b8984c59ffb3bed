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

describe("one request", () => {
  const requestId = "click-4711";
  let buildId: string;

  beforeAll(async () => {
    buildId = await push("followed", { "x-request-id": requestId, traceparent: `00-${CLICK.traceId}-${CLICK.spanId}-01` });
    await push("followed", { "x-request-id": "click-4712" });
    // Stopping sends what waits.
    await worker.stop();
    await tracing.shutdown();
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
    expect(sumOf(/^slipway_builds_finished_total\{kind="project",outcome="failed"\} (\d+)$/gm)).toBe(2);
    expect(sumOf(/^slipway_stages_finished_total\{(?=.*stage="first")(?=.*cached="true").*\} (\d+)$/gm)).toBe(1);
    expect(sumOf(/^slipway_stages_finished_total\{(?=.*stage="first")(?=.*cached="false").*\} (\d+)$/gm)).toBe(1);
    expect(sumOf(/^slipway_stage_duration_seconds_count\{.*stage="second"\} (\d+)$/gm)).toBe(2);
    expect(sumOf(/^slipway_build_queue_wait_seconds_count\{kind="project"\} (\d+)$/gm)).toBe(2);
    const rows = await platform.context.database.db.buildStage.findMany({ select: { logLines: true } });
    expect(sumOf(/^slipway_log_lines_total\{kind="project"\} (\d+)$/gm)).toBe(rows.reduce((sum, row) => sum + row.logLines, 0));
  });

  it("that comes without a trace begins one of its own, and tells what was reused", () => {
    const cached = collector.spans.find((span) => span.name === "stage first" && span.traceId !== CLICK.traceId);
    expect(cached?.attributes).toMatchObject({ "slipway.cached": true, "slipway.status": "successful" });
    const root = collector.spans.find((span) => span.traceId === cached?.traceId && span.name === "POST /api/v1/builds");
    expect(root).toBeDefined();
    expect(root?.parentSpanId).toBeUndefined();
  });
});
