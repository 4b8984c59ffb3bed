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

export interface ApiSettings {
  signupOpen: boolean;
  githubEnabled: boolean;
  limits: RateLimits;
}

export interface ApiContext {
  /** Null: anonymous. */
  actor: Actor | null;
  /** The signed-in browser's session, for "this device". Null for tokens and anonymous callers. */
  sessionId: string | null;
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
