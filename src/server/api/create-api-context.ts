/** Makes what procedures get, from a request's headers. The same for every way into the API. */
import { createId } from "~/domain/ids";
import { resolveCaller } from "../auth/resolve-caller";
import type { ServiceContext } from "../services/context";
import type { ApiContext, ApiSettings } from "./context";

/** What is the same for all requests of a process. */
export interface ApiEnvironment {
  services: ServiceContext;
  settings: ApiSettings;
  /** Decrypts the sign-in cookie. */
  authSecret: string;
  /** Where people reach the server. */
  publicUrl: string;
  /** Who may read `/metrics`; undefined: this machine. */
  metricsToken?: string;
}

export interface CreateContextOptions {
  environment: ApiEnvironment;
  headers: Headers;
  requestId: string;
  ip: string;
}

export async function createContextFromHeaders({ environment, headers, requestId, ip }: CreateContextOptions): Promise<ApiContext> {
  const { services, settings, authSecret, publicUrl } = environment;
  const caller = await resolveCaller({ database: services.database, headers, secret: authSecret, secureCookies: publicUrl.startsWith("https:") });
  return {
    actor: caller.actor,
    sessionId: caller.sessionId,
    tokenId: caller.tokenId,
    credentialProblem: caller.problem,
    sameOrigin: isSameOrigin({ origin: headers.get("origin"), host: headers.get("host"), publicUrl }),
    requestId,
    ip,
    services,
    settings,
    responseHeaders: new Map(),
  };
}

/**
 * True when `Origin` names the host that was asked, or the address at which people reach the server. Where that is by
 * HTTPS, its plain twin is another origin, which whoever sits on the line can write.
 */
export function isSameOrigin(options: { origin: string | null; host: string | null; publicUrl: string }): boolean {
  const { origin, host, publicUrl } = options;
  if (origin === null || !URL.canParse(origin)) return false;
  const parsed = new URL(origin);
  const known = new URL(publicUrl);
  if (parsed.origin === known.origin) return true;
  const isPlainTwin = known.protocol === "https:" && parsed.protocol === "http:" && parsed.hostname === known.hostname;
  return !isPlainTwin && host !== null && parsed.host === host.toLowerCase();
}

const SANE_REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;

/** The caller's own `X-Request-Id` when it is a sane token, else a new one. */
export function chooseRequestId(sent: string | null | undefined): string {
  return sent != null && SANE_REQUEST_ID.test(sent) ? sent : createId("request");
}
