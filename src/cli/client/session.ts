/** What a command works with: a server, a token, somewhere to write. Flags go before the environment, that before the file. */
import { readCliEnv, type CliEnv } from "~/env";
import { CommandError, EXIT, usageError } from "./command-error";
import { configPath, readConfig, type Config } from "./config-file";
import { createApiClient, type ApiClient } from "./http/api-client";
import { openTerminal, type Terminal } from "./output/terminal";
import type { ServerFlags } from "./server-flags";

export const DEFAULT_SERVER = "http://localhost:3000";

export interface Session {
  env: CliEnv;
  configFile: string;
  json: boolean;
  terminal: Terminal;
  api: ApiClient;
  tokenSource: string | null;
}

/** `signsIn`: the token that is there may be the wrong one and the file broken: both are about to be replaced, so neither is looked at. */
export async function openSession(flags: ServerFlags, { signsIn = false }: { signsIn?: boolean } = {}): Promise<Session> {
  const given = readCliEnv();
  const env = signsIn ? { ...given, token: undefined } : given;
  const json = flags.json === true;
  const terminal = openTerminal({ env, json });
  const configFile = configPath(env.configHome);
  const config = await readConfig({ file: configFile, warn: terminal.note }).catch((error: unknown) => {
    if (signsIn) return null;
    throw error;
  });
  const target = chooseTarget({ flags, env, config, configFile });
  warnOfPlainHttp({ ...target, note: terminal.note });
  return { env, configFile, json, terminal, tokenSource: target.tokenSource, api: createApiClient({ ...target, note: terminal.note }) };
}

/** Throws where a request would be refused anyway: before anything is sent. */
export function requireToken({ api }: Pick<Session, "api">): void {
  if (!api.hasToken) throw new CommandError(`You are not signed in to ${api.server}.`, { exitCode: EXIT.denied, code: "unauthenticated", fix: signInFix(api.server) });
}

export function signInFix(server: string): string {
  return `Make a token at ${server}/settings, then: slipway login --server ${server} (or set SLIPWAY_TOKEN)`;
}

export interface Target {
  server: string;
  token: string | undefined;
  tokenSource: string | null;
}

/** The saved token goes to the server it was saved for and to no other. */
export function chooseTarget(options: { flags: Pick<ServerFlags, "server" | "token">; env: Pick<CliEnv, "server" | "token">; config: Config | null; configFile: string }): Target {
  const { flags, env, config, configFile } = options;
  const server = parseServer(flags.server ?? env.server ?? config?.server ?? DEFAULT_SERVER);
  if (flags.token !== undefined) return { server, token: parseToken(flags.token), tokenSource: "given with --token" };
  if (env.token !== undefined) return { server, token: parseToken(env.token), tokenSource: "read from SLIPWAY_TOKEN" };
  if (config !== null && parseServer(config.server) === server) return { server, token: config.token, tokenSource: `read from ${configFile}` };
  return { server, token: undefined, tokenSource: null };
}

/** No slash at the end. Throws a usage error. */
export function parseServer(value: string): string {
  const example = "Write it with its protocol, such as https://slipway.example.com";
  if (!URL.canParse(value)) throw usageError(`"${value}" is not the address of a server.`, example);
  const url = new URL(value);
  if (url.protocol !== "http:" && url.protocol !== "https:") throw usageError(`"${value}" is not the address of a server.`, example);
  if (url.username !== "" || url.password !== "") throw usageError("The server's address must have no user and password in it.", "Sign in with a token instead: slipway login");
  if (url.search !== "" || url.hash !== "") throw usageError(`The server's address must have no "?" and "#" parts; got "${value}".`, example);
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/** Throws a usage error that does not repeat the token. */
export function parseToken(value: string): string {
  const token = value.trim();
  if (!/^slw_[\w-]{10,200}$/.test(token)) throw usageError("That is not an API token of Slipway: those begin with slw_.", "Make one on the settings page of your server, and copy all of it");
  return token;
}

function warnOfPlainHttp(options: { server: string; token: string | undefined; note: (text: string) => void }): void {
  const { hostname, protocol } = new URL(options.server);
  const isLoopback = hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
  if (options.token !== undefined && protocol === "http:" && !isLoopback) options.note(`Your token travels unencrypted to ${options.server}: use https.`);
}
