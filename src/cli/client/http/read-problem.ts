/** Turns what a server refuses, and what can't be reached at all, into errors that say the fix. */
import { z } from "zod";
import { CommandError, EXIT, type ExitCode } from "../command-error";
import type { NetworkError } from "./send-request";

const problemSchema = z.looseObject({
  detail: z.string(),
  code: z.string(),
  request_id: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

export interface Refusal {
  server: string;
  status: number;
  text: string;
  /** Where the token came from, in words; null when none was sent. */
  tokenSource: string | null;
  location?: string;
}

export function toRefusal(refusal: Refusal): CommandError {
  const { server, status, text } = refusal;
  if (status >= 300 && status < 400) {
    return new CommandError(`${server} sends its callers on to ${refusal.location ?? "another address"}.`, {
      exitCode: EXIT.usage, code: "redirected", status, fix: "Name that server instead (--server, or slipway login --server): a token is not sent on.",
    });
  }
  const problem = problemSchema.safeParse(parseJson(text));
  if (!problem.success) {
    return new CommandError(`${server} answered ${status}, but not as Slipway does.`, {
      exitCode: EXIT.unavailable, code: "unexpected_answer", status, fix: "Check the address, and what stands between you and the server (a proxy?).",
    });
  }
  const { detail, code, request_id: requestId, errors: fields } = problem.data;
  return new CommandError(detail, { exitCode: exitCodeOf(status), code, status, fields, requestId, fix: fixOf(refusal) });
}

function exitCodeOf(status: number): ExitCode {
  if (status === 401 || status === 403) return EXIT.denied;
  return status === 429 || status >= 500 ? EXIT.unavailable : EXIT.usage;
}

function fixOf({ server, status, tokenSource }: Refusal): string | undefined {
  if (status === 401) {
    const login = `make a new one at ${server}/settings, then: slipway login --server ${server}`;
    return tokenSource === null ? `You are not signed in to ${server}. Make a token at ${server}/settings, then: slipway login --server ${server}` : `The token was ${tokenSource}. If it expired or was revoked, ${login}`;
  }
  if (status === 404 && tokenSource === null) return `You are not signed in to ${server}, so only public packages are found: slipway login --server ${server}`;
  return undefined;
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/;
const NO_TLS = /^EPROTO$|^ERR_SSL_/;

export function toUnreachable(options: { server: string; error: NetworkError }): CommandError {
  const { server, error } = options;
  const make = (message: string, fix: string): CommandError => new CommandError(message, { exitCode: EXIT.unavailable, code: "unreachable", fix, cause: error });
  const other = "name another server: --server URL, or SLIPWAY_SERVER";
  if (error.code === "ECONNREFUSED") return make(`Nothing answers at ${server}.`, `Start Slipway there (npm start), or ${other}`);
  if (error.code === "ENOTFOUND" || error.code === "EAI_AGAIN") return make(`There is no host called ${new URL(server).hostname}, or its name can't be looked up now.`, `Check the spelling and your network, or ${other}`);
  if (error.code === "TIMEOUT" || error.code === "ETIMEDOUT") return make(`${server} does not answer in time.`, `Try again in a moment, or ${other}`);
  if (CERTIFICATE.test(error.code)) return make(`The certificate of ${server} is not trusted (${error.code}).`, "Point NODE_EXTRA_CA_CERTS to your authority's certificate, or mend the server's");
  if (NO_TLS.test(error.code)) return make(`What answers at ${server} speaks no TLS that this command understands (${error.code}).`, `If the server is meant to be without TLS, write ${server.replace(/^https:/, "http:")}; else mend its TLS`);
  return make(`The connection to ${server} broke (${error.code}).`, `Try again in a moment, or ${other}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
