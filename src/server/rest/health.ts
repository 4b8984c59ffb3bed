/** Probes: no sign-in, no limits. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { actsAsAdmin } from "~/domain/actor";
import { AppError } from "~/domain/errors";
import { createContextFromHeaders, type ApiEnvironment } from "../api/create-api-context";
import { inTime } from "../db/in-time";
import { summarizePlatform } from "../services/workers/summarize-platform";
import { sendJson, sendProblem } from "./answer";

const HEALTH_PATH = "/api/health";
/** A probe that says no later than its caller waits says nothing. */
const DATABASE_MS = 2_000;

export interface Readiness {
  isDraining(): boolean;
  /** Whether the database has the tables this code needs. Rejects when it can't be reached. */
  isMigrated(): Promise<boolean>;
}

export function isHealthPath(path: string): boolean {
  return path === HEALTH_PATH || path.startsWith(`${HEALTH_PATH}/`);
}

export async function handleHealth(options: {
  environment: ApiEnvironment;
  readiness: Readiness;
  request: IncomingMessage;
  response: ServerResponse;
  path: string;
  facts: { requestId: string; ip: string; headers: Headers };
}): Promise<void> {
  const { environment, readiness, request, response, path, facts } = options;
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    const error = new AppError("method_not_allowed", { userMessage: "Probes are asked with GET." });
    return sendProblem({ response, requestId: facts.requestId, started: performance.now(), error });
  }
  const send = (status: number, body: Record<string, unknown>): void => sendJson({ response, status, body: { ...body, request_id: facts.requestId } });
  if (path === HEALTH_PATH || path === `${HEALTH_PATH}/live`) return send(200, { status: "ok" });
  if (path === `${HEALTH_PATH}/ready`) {
    const reason = await findReasonNotReady({ environment, readiness });
    return reason === null ? send(200, { status: "ready" }) : send(503, { status: "not_ready", reason });
  }
  if (path === `${HEALTH_PATH}/status`) {
    const reason = await findReasonNotReady({ environment, readiness });
    const status = reason === null ? "ok" : "degraded";
    const ctx = reason === null ? await createContextFromHeaders({ environment, ...facts }) : null;
    if (ctx?.actor == null || !actsAsAdmin(ctx.actor)) return send(200, { status });
    const platform = await summarizePlatform({ context: environment.services });
    const queue = { size: platform.builds.pending, limit: environment.services.limits.maxQueue };
    return send(200, { status, uptime_seconds: Math.round(process.uptime()), queue, ...platform });
  }
  const error = new AppError("not_found", { userMessage: "There is no such probe. Use /api/health, /live, /ready or /status." });
  sendProblem({ response, requestId: facts.requestId, started: performance.now(), error });
}

async function findReasonNotReady({ environment, readiness }: { environment: ApiEnvironment; readiness: Readiness }): Promise<string | null> {
  if (readiness.isDraining()) return "draining";
  try {
    if (!(await inTime({ work: readiness.isMigrated(), ms: DATABASE_MS }))) return "migrations_pending";
    await inTime({ work: environment.services.database.pool.query({ name: "ready", text: "SELECT 1" }), ms: DATABASE_MS });
    return null;
  } catch {
    return "database_unreachable";
  }
}
