/** `/api/trpc`: over the socket by tRPC's Node adapter, and in this process for server components. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import type { ApiContext } from "../api/context";
import { chooseRequestId, createContextFromHeaders, type ApiEnvironment } from "../api/create-api-context";
import { appRouter } from "../api/root";

export const TRPC_PATH = "/api/trpc";
/** 50 MB of files in base64, and what is around them. */
export const MAX_BODY_BYTES = 75 * 1024 * 1024;

export interface RequestFacts {
  requestId: string;
  ip: string;
  headers: Headers;
}

export async function handleTrpc(options: {
  environment: ApiEnvironment;
  request: IncomingMessage;
  response: ServerResponse;
  /** Below the API's path, such as `builds.get`. */
  path: string;
  facts: RequestFacts;
}): Promise<void> {
  const { environment, request, response, path, facts } = options;
  await nodeHTTPRequestHandler({
    router: appRouter,
    req: request,
    res: response,
    path,
    maxBodySize: MAX_BODY_BYTES,
    createContext: () => createContextFromHeaders({ environment, ...facts }),
    responseMeta: ({ ctx }) => ({ headers: answerHeaders(ctx) }),
  });
}

/** Answers a server component's request without a socket. `Cookie` and the like are those of the page's own request. */
export function createApiFetch(environment: ApiEnvironment): (request: Request) => Promise<Response> {
  return (request) => {
    const { headers } = request;
    return fetchRequestHandler({
      endpoint: TRPC_PATH,
      router: appRouter,
      req: request,
      createContext: () =>
        createContextFromHeaders({
          environment,
          headers,
          requestId: chooseRequestId(headers.get("x-request-id")),
          // The server put it right before the page saw it.
          ip: headers.get("x-forwarded-for") ?? "unknown",
        }),
    });
  };
}

function answerHeaders(ctx: ApiContext | undefined): Record<string, string> {
  return { "cache-control": "no-store", ...Object.fromEntries(ctx?.responseHeaders ?? []) };
}
