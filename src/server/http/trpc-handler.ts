/** `/api/trpc`: over the socket by tRPC's Node adapter, and in this process for server components. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "~/domain/errors";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import { STREAM_TIMES, type ApiContext } from "../api/context";
import { chooseRequestId, createContextFromHeaders, type ApiEnvironment } from "../api/create-api-context";
import { toAppError } from "../api/error-mapping";
import { appRouter } from "../api/root";
import { sendProblem } from "../rest/answer";
import { announceClose, isLargeBody, MAX_JSON_BYTES } from "./body-limits";
import { noteClick } from "./click-span";
import { takeLargeBody } from "./large-turn";
import { cutSlowReader } from "./slow-reader";

export const TRPC_PATH = "/api/trpc";

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
  cutSlowReader({ response, stallMs: (environment.settings.streams ?? STREAM_TIMES).stallMs });
  const answer = (): Promise<void> =>
    nodeHTTPRequestHandler({
      router: appRouter,
      req: request,
      res: response,
      path,
      maxBodySize: MAX_JSON_BYTES,
      createContext: async () => {
        const ctx = await createContextFromHeaders({ environment, ...facts });
        noteClick({ request, ctx });
        return ctx;
      },
      responseMeta: ({ ctx }) => ({ headers: answerHeaders(ctx) }),
    });
  if (!isLargeBody(request)) return answer();
  const started = performance.now();
  try {
    // Only who is signed in has a reason to send so much.
    const { actor } = await createContextFromHeaders({ environment, ...facts });
    if (actor === null) throw new AppError("unauthenticated", { userMessage: "Sign in before you send so much." });
    await takeLargeBody({
      request,
      limit: MAX_JSON_BYTES,
      use: (bytes) => {
        // The adapter takes a body that was read already.
        Object.assign(request, { body: bytes.toString("utf8") });
        return answer();
      },
    });
  } catch (error) {
    announceClose({ request, response });
    sendProblem({ response, requestId: facts.requestId, started, error: toAppError(error) });
  }
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
