/** Every way into the product, taken from the routers themselves: none can be added without being listed here. */
import type { AnyProcedure } from "@trpc/server";
import { z } from "zod";
import { appRouter } from "~/server/api/root";
import { BUILD_SOCKET_PATH } from "~/server/http/build-socket";
import { METRICS_PATH } from "~/server/metrics/serve-metrics";
import { listRoutes } from "~/server/rest/handle-rest";
import { HAND_WRITTEN_ROUTES } from "~/server/rest/routes";

export type ProcedureType = AnyProcedure["_def"]["type"];

const procedureSchema = z.custom<AnyProcedure>((value) => typeof value === "function" && "_def" in value);

/** By dotted path, such as `builds.get`. */
export function listProcedures(): Map<string, AnyProcedure> {
  return new Map(Object.entries(z.record(z.string(), procedureSchema).parse(appRouter._def.procedures)));
}

export interface Way {
  /** `GET /api/v1/builds/{build_id}`, `WS …`, or `trpc builds.get`. */
  key: string;
  kind: "http" | "socket" | ProcedureType;
  method: string;
  /** A template, or a procedure's dotted path. */
  path: string;
}

export function listWays(): Way[] {
  const http = [
    ...listRoutes().map(({ method, template }) => ({ method, path: template })),
    ...HAND_WRITTEN_ROUTES.map(({ method, path }) => ({ method, path })),
    { method: "GET", path: METRICS_PATH },
  ];
  const ways: Way[] = [
    ...http.map(({ method, path }): Way => ({ key: `${method} ${path}`, kind: "http", method, path })),
    { key: `WS ${BUILD_SOCKET_PATH}`, kind: "socket", method: "GET", path: BUILD_SOCKET_PATH },
    ...[...listProcedures()].map(([path, procedure]): Way => ({ key: `trpc ${path}`, kind: procedure._def.type, method: procedure._def.type === "mutation" ? "POST" : "GET", path })),
  ];
  return [...new Map(ways.map((way) => [way.key, way])).values()];
}
