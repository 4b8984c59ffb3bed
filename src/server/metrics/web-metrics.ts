/** What this web process counts of itself. Labels come from fixed lists: a route's template, never a path; a known method. */
import type { Duplex } from "node:stream";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Database } from "../db/client";

export interface AnsweredRequest {
  method: string;
  /** The route's template. */
  route: string;
  status: number;
  seconds: number;
}

export interface WebMetrics {
  countRequest(request: AnsweredRequest): void;
  /** A WebSocket, from its upgrade until it closes. */
  addSocket(socket: Duplex): void;
  /** In the Prometheus text format. */
  describe(): Promise<string>;
}

export interface CreateWebMetricsOptions {
  database: Pick<Database, "pool">;
  /** The answers under way that are streams, by protocol. */
  countStreams(): { sse: number; ndjson: number };
}

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createWebMetrics({ database, countStreams }: CreateWebMetricsOptions): WebMetrics {
  const registers = [new Registry()];
  const sockets = new Set<Duplex>();
  collectDefaultMetrics({ register: registers[0] });
  const requests = new Counter({ name: "slipway_http_requests_total", help: "Requests answered by this process.", labelNames: ["method", "route", "status"], registers });
  const durations = new Histogram({
    name: "slipway_http_request_duration_seconds",
    help: "From the request's head to the end of its answer; streams count with all of their life.",
    labelNames: ["method", "route"],
    buckets: DURATION_BUCKETS,
    registers,
  });
  new Gauge({
    name: "slipway_open_streams",
    help: "Streams that this process is sending, by protocol.",
    labelNames: ["protocol"],
    registers,
    collect() {
      const streams = countStreams();
      this.set({ protocol: "sse" }, streams.sse);
      this.set({ protocol: "ndjson" }, streams.ndjson);
      this.set({ protocol: "websocket" }, sockets.size);
    },
  });
  new Gauge({
    name: "slipway_database_pool_connections",
    help: "Connections of this process's pool for plain SQL: busy, idle, and callers that wait for one.",
    labelNames: ["state"],
    registers,
    collect() {
      const { pool } = database;
      this.set({ state: "busy" }, pool.totalCount - pool.idleCount);
      this.set({ state: "idle" }, pool.idleCount);
      this.set({ state: "waiting" }, pool.waitingCount);
    },
  });
  return {
    countRequest({ method: asked, route, status, seconds }) {
      const method = METHODS.has(asked) ? asked : "OTHER";
      requests.inc({ method, route, status: String(status) });
      durations.observe({ method, route }, seconds);
    },
    addSocket(socket) {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
    },
    describe: async () => (await Promise.all(registers.map((registry) => registry.metrics()))).join("\n"),
  };
}
