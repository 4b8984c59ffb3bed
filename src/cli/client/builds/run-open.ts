/** `slipway open`. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { parsePackageName } from "~/domain/names";
import { findBuild, nameOf } from "../build-reference";
import { EXIT, type ExitCode } from "../command-error";
import type { Session } from "../session";

export async function runOpen(options: { session: Session; what: string | undefined }): Promise<ExitCode> {
  const { session, what } = options;
  const { terminal, api } = session;
  const url = `${api.server}${await findPath({ session, what })}`;
  if (session.json) terminal.printJson({ url });
  else terminal.print(url);
  if (process.stdout.isTTY && terminal.isInteractive) await openBrowser({ url, session });
  return EXIT.ok;
}

async function findPath(options: { session: Session; what: string | undefined }): Promise<string> {
  const { session, what } = options;
  if (what === undefined) return "/";
  if (parsePackageName(what) !== null) return `/${what}`;
  const build = await findBuild({ api: session.api, reference: what });
  session.terminal.note(nameOf(build));
  return `/${build.package}/builds/${build.number}`;
}

/** Without a browser, or without the program that opens one, the address on the terminal has to do. */
async function openBrowser(options: { url: string; session: Session }): Promise<void> {
  const { url, session } = options;
  const opener = process.platform === "darwin" ? "open" : session.env.hasDisplay ? "xdg-open" : undefined;
  if (opener === undefined) return;
  const child = spawn(opener, [url], { stdio: "ignore", detached: true });
  await Promise.race([once(child, "spawn"), once(child, "error")]).catch(() => undefined);
  child.on("error", () => undefined);
  child.unref();
}
