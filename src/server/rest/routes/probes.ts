/** Probes and figures: no sign-in, no limits. The web server answers them before anything else. */
import { z } from "zod";
import type { HandWrittenRoute, RouteDocument } from "./route";

const requestId = z.string();
const example = { status: "ok", request_id: "req_01KB2Q7A1B2C3D4E5F6G7H8J9K" };

function probe(path: `/${string}`, document: Pick<RouteDocument, "operationId" | "summary" | "description" | "answers">): HandWrittenRoute {
  return { method: "GET", path, handler: null, document: { tag: "Operations", access: "public", limit: null, errorShape: "probe", errors: ["internal"], ...document } };
}

const alive = [{ status: 200, description: "The process answers.", content: { "application/json": { schema: z.object({ status: z.literal("ok"), request_id: requestId }), example } } }];

export const probeRoutes: readonly HandWrittenRoute[] = [
  {
    method: "GET",
    path: "/metrics",
    handler: null,
    document: {
      operationId: "get_metrics",
      tag: "Operations",
      summary: "Everything that is counted, for Prometheus",
      description: "With the operator's metrics token as bearer token; where none is configured, only programs of the server's own machine may ask, and not through a proxy.",
      access: "public",
      limit: null,
      errorShape: "probe",
      errors: ["unauthenticated", "forbidden", "internal"],
      answers: [
        {
          status: 200,
          description: "Prometheus' text format.",
          content: { "text/plain": { schema: z.string(), example: "# HELP slipway_database_up Whether the database answered this scrape.\n# TYPE slipway_database_up gauge\nslipway_database_up 1\n" } },
        },
      ],
    },
  },
  probe("/api/health", { operationId: "get_health", summary: "Does the process answer?", description: "The same as `/api/health/live`.", answers: alive }),
  probe("/api/health/live", { operationId: "get_liveness", summary: "Is the process alive?", description: "Asks nothing of the database: restart the process when this fails.", answers: alive }),
  probe("/api/health/ready", {
    operationId: "get_readiness",
    summary: "Should requests be sent here?",
    description: "503 until migrations ran, while the database can't be reached, and while the process drains before it stops.",
    answers: [
      { status: 200, description: "Yes.", content: { "application/json": { schema: z.object({ status: z.literal("ready"), request_id: requestId }), example: { ...example, status: "ready" } } } },
      {
        status: 503,
        description: "No, and why.",
        content: {
          "application/json": {
            schema: z.object({ status: z.literal("not_ready"), reason: z.enum(["draining", "migrations_pending", "database_unreachable"]), request_id: requestId }),
            example: { ...example, status: "not_ready", reason: "draining" },
          },
        },
      },
    ],
  }),
  probe("/api/health/status", {
    operationId: "get_status",
    summary: "How is the platform?",
    description: "Admins, and tokens with the scope `admin`, see builds and workers too.",
    answers: [
      {
        status: 200,
        description: "`ok`, or `degraded` while it is not ready.",
        content: { "application/json": { schema: z.looseObject({ status: z.enum(["ok", "degraded"]), request_id: requestId, uptime_seconds: z.number().optional() }), example } },
      },
    ],
  }),
];
