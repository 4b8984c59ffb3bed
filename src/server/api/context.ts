/** What each procedure gets to know of its caller and of the platform. */
import type { Actor } from "~/domain/actor";
import type { AppError } from "~/domain/errors";
import type { ServiceContext } from "../services/context";

/** Requests per minute and caller, counted across processes. */
export interface RateLimits {
  builds: number;
  writes: number;
  reads: number;
}

/** How streams are kept, ms. */
export interface StreamTimes {
  /** A silent stream says at least something so often, and looks whether its reader may still have it; a socket's peer that does not answer one beat by the next is dead. */
  heartbeatMs: number;
  /** A reader that takes nothing for so long is cut off. */
  stallMs: number;
}

export const STREAM_TIMES: StreamTimes = { heartbeatMs: 15_000, stallMs: 30_000 };

export interface ApiSettings {
  /** Default: `STREAM_TIMES`. */
  streams?: StreamTimes;
  /** Origins whose pages may call the REST API with a token; default: none. */
  corsOrigins?: readonly string[];
  signupOpen: boolean;
  githubEnabled: boolean;
  limits: RateLimits;
}

export interface ApiContext {
  /** Null: anonymous. */
  actor: Actor | null;
  /** The signed-in browser's session, for "this device". Null for tokens and anonymous callers. */
  sessionId: string | null;
  /** The token that was sent; null for browsers and anonymous callers. */
  tokenId: string | null;
  /** Set when credentials were sent that do not hold: every procedure answers it, public ones too. */
  credentialProblem: AppError | null;
  /** True when the request's `Origin` is this site's own. Writes by cookie need it. */
  sameOrigin: boolean;
  requestId: string;
  ip: string;
  services: ServiceContext;
  settings: ApiSettings;
  /** Headers for the answer, such as what is left of a limit. */
  responseHeaders: Map<string, string>;
}
