/**
 * The click that a write of a page followed, as the first span of its trace. Browsers export no spans: a page sends along
 * which span its click is (`traceparent`) and how long ago it was, and the span is written here. An age and not a time,
 * because a browser's clock is not ours. It is believed only of a signed-in page of this site.
 */
import type { IncomingMessage } from "node:http";
import { recordFirstSpan } from "~/telemetry/spans";
import type { ApiContext } from "../api/context";
import { CLICK_HEADER } from "./click-header";
import { routeOf, TRPC_ROUTES } from "./request-route";

/** Older than this nobody waited for it. */
const MAX_AGE_MS = 60_000;
const AGE = /^\d{1,5}$/;

const believed = new WeakSet<IncomingMessage>();

/** Told once it is known who asks. */
export function noteClick(options: { request: IncomingMessage; ctx: Pick<ApiContext, "actor" | "sameOrigin"> }): void {
  const { request, ctx } = options;
  if (request.method === "POST" && ctx.actor?.via === "session" && ctx.sameOrigin) believed.add(request);
}

/** Once the request is answered. `started`: `performance.now()` of its arrival. */
export function recordClick(options: { request: IncomingMessage; path: string; status: number; requestId: string; started: number }): void {
  const { request, path, status, requestId, started } = options;
  const { traceparent } = request.headers;
  const age = readAge(request.headers[CLICK_HEADER]);
  if (!believed.has(request) || typeof traceparent !== "string" || age === null) return;
  const endedAt = new Date();
  recordFirstSpan({
    name: `click ${routeOf({ request, path }).slice(TRPC_ROUTES.length)}`,
    traceparent,
    startedAt: new Date(endedAt.getTime() - (performance.now() - started) - age),
    endedAt,
    failed: status >= 500 ? `HTTP ${status}` : null,
    attributes: { "slipway.request_id": requestId },
  });
}

function readAge(header: string | string[] | undefined): number | null {
  if (typeof header !== "string" || !AGE.test(header)) return null;
  const age = Number(header);
  return age <= MAX_AGE_MS ? age : null;
}
