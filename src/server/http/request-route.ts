/** The template of the route that a request took, for metrics and the log: few values, whatever paths are asked for. */
import type { IncomingMessage } from "node:http";
import { appRouter } from "../api/root";

const noted = new WeakMap<IncomingMessage, string>();
/** What the templates of tRPC's routes begin with; the procedure's name follows. */
export const TRPC_ROUTES = "/api/trpc/";
const PROBES = new Set(["/api/health", "/api/health/live", "/api/health/ready", "/api/health/status", "/metrics"]);
const OPEN_PREFIXES: readonly [prefix: string, route: string][] = [
  ["/_next/", "/_next/{file}"],
  ["/api/auth/", "/api/auth/{action}"],
  ["/api/v1", "/api/v1/{unknown}"],
  ["/api/", "/api/{unknown}"],
];

/** Told by whoever looked the route up. */
export function noteRoute(options: { request: IncomingMessage; template: string }): void {
  noted.set(options.request, options.template);
}

export function routeOf(options: { request: IncomingMessage; path: string }): string {
  return noted.get(options.request) ?? classify(options.path);
}

function classify(path: string): string {
  if (PROBES.has(path)) return path;
  if (path.startsWith(TRPC_ROUTES)) return `${TRPC_ROUTES}${classifyProcedure(path.slice(TRPC_ROUTES.length))}`;
  return OPEN_PREFIXES.find(([prefix]) => path.startsWith(prefix))?.[1] ?? "/{page}";
}

function classifyProcedure(name: string): string {
  if (name.includes(",")) return "{batch}";
  return Object.hasOwn(appRouter._def.procedures, name) ? name : "{unknown}";
}
