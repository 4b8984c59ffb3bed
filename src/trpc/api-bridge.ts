/**
 * How a server component reaches the API without a socket: the custom server and Next's bundle live in one process but
 * hold separate copies of every module, so the server leaves its handler on `globalThis`. The bundle then needs none of
 * the server's code, and both ways into the API run the very same checks.
 */
import type { OpenApiDocument } from "~/server/rest/openapi/document";

type ApiFetch = (request: Request) => Promise<Response>;

const KEY = Symbol.for("slipway.api-fetch");

/** Called once by the custom server. `apiFetch` answers requests for `/api/trpc/*`. */
export function provideApiFetch({ apiFetch }: { apiFetch: ApiFetch }): void {
  Reflect.set(globalThis, KEY, apiFetch);
}

/** Null where pages run without the custom server; they then load everything from the browser. */
export function findApiFetch(): ApiFetch | null {
  const found: unknown = Reflect.get(globalThis, KEY);
  return typeof found === "function" ? (request) => found(request) : null;
}

const DOCUMENT_KEY = Symbol.for("slipway.api-document");

/** Called once by the custom server. `document` answers the API's OpenAPI document. */
export function provideApiDocument({ document }: { document: () => OpenApiDocument }): void {
  Reflect.set(globalThis, DOCUMENT_KEY, document);
}

/** The API's OpenAPI document; null where pages run without the custom server. */
export function findApiDocument(): OpenApiDocument | null {
  const found: unknown = Reflect.get(globalThis, DOCUMENT_KEY);
  return typeof found === "function" ? found() : null;
}
