/** One request to the REST surface, with all that its handlers need. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ApiContext } from "../api/context";

export interface RestRequest {
  request: IncomingMessage;
  response: ServerResponse;
  ctx: ApiContext;
  url: URL;
  /** Values of the `{…}` parts of the path, decoded. */
  params: Readonly<Record<string, string>>;
  /** `performance.now()` when the request came. */
  started: number;
  /** Aborts when the caller goes away. */
  signal: AbortSignal;
}

export type RestHandler = (rest: RestRequest) => Promise<void>;
