import { meAnswer, type MeAnswer } from "../answers";
import { CommandError, EXIT, usageError, type ExitCode } from "../command-error";
import { removeConfig, writeConfig } from "../config-file";
import { createApiClient, type ApiClient } from "../http/api-client";
import { readCliEnv } from "~/env";
import { parseToken, requireToken, signInFix, type Session } from "../session";
import { askSecret } from "./ask-secret";

/** Saves nothing unless the server takes the token. */
export async function runLogin(options: { session: Session; token: string | undefined }): Promise<ExitCode> {
  const { session } = options;
  const { server } = session.api;
  if (options.token === undefined && process.stdin.isTTY) session.terminal.note(`Make a token at ${server}/settings with the scopes builds:read and builds:write, and paste it here.`);
  const answer = options.token ?? (await askSecret("Token: "));
  if (answer.trim() === "") throw usageError("No token was given.", `Make one at ${server}/settings, then: slipway login --server ${server} (or: … | slipway login)`);
  const token = parseToken(answer);
  const me = await readMe(createApiClient({ server, token, tokenSource: "the one you gave", note: session.terminal.note }));
  await writeConfig({ file: session.configFile, config: { server, token } });
  if (session.json) session.terminal.printJson({ server, config_file: session.configFile, user: me.user, workspaces: me.workspaces });
  else session.terminal.print(`Signed in to ${server} as ${me.user?.handle ?? ""}. The token is kept in ${session.configFile}.`);
  if (readCliEnv().token !== undefined) session.terminal.note("SLIPWAY_TOKEN is set, and goes before the token that was saved now.");
  return EXIT.ok;
}

export async function runLogout({ session }: { session: Session }): Promise<ExitCode> {
  const removed = await removeConfig(session.configFile);
  if (session.json) session.terminal.printJson({ removed, config_file: session.configFile });
  else session.terminal.print(removed ? `Forgot the server and its token. The token itself holds until you revoke it at ${session.api.server}/settings.` : "Nothing was saved, so there is nothing to forget.");
  return EXIT.ok;
}

export async function runWhoami({ session }: { session: Session }): Promise<ExitCode> {
  const { api, terminal } = session;
  requireToken(session);
  const me = await readMe(api);
  if (session.json) {
    terminal.printJson({ server: api.server, ...me });
    return EXIT.ok;
  }
  const { user } = me;
  terminal.print(`${user?.handle ?? ""} (${user?.name ?? ""}, ${user?.email ?? ""}${user?.role === "admin" ? ", admin" : ""}) at ${api.server}`);
  terminal.print(`workspaces: ${me.workspaces.map(({ slug, role }) => `${slug} (${role})`).join(", ") || "none"}`);
  terminal.print(`token: ${session.tokenSource ?? "none"}`);
  return EXIT.ok;
}

/** Throws `unauthenticated` when the server does not know the caller. */
async function readMe(api: ApiClient): Promise<MeAnswer> {
  const me = await api.get("/api/v1/me", { schema: meAnswer });
  if (me.user !== null) return me;
  throw new CommandError(`You are not signed in to ${api.server}.`, { exitCode: EXIT.denied, code: "unauthenticated", fix: signInFix(api.server) });
}
