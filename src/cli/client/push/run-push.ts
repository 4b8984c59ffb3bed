/** Sends a folder, a git address or a prompt as a release and follows its build. */
import { randomUUID } from "node:crypto";
import { createdBuildAnswer, type CreatedBuildAnswer } from "../answers";
import { nameOf } from "../build-reference";
import { CommandError, EXIT, type ExitCode } from "../command-error";
import { followAndReport } from "../follow/follow-and-report";
import { startBuild } from "../follow/interrupt";
import type { ServerFlags } from "../server-flags";
import { requireToken, type Session } from "../session";
import { nameField, type FoundFile } from "./collect-files";
import { describeSource } from "./describe-source";
import { createProgressBar } from "./progress-bar";

export interface PushFlags extends ServerFlags {
  package?: string;
  kind?: string;
  version?: string;
  visibility?: string;
  label?: Record<string, string>;
  option?: Record<string, unknown>;
  commit?: string | false;
  ref?: string | false;
  git?: string;
  prompt?: string;
  template?: string;
  chain?: number[];
  confirmMainnet?: number[];
  follow: boolean;
}

/** How long a server may be away while something is sent, and how long it may think about it, ms. */
const PATIENCE_MS = 90_000;
const THINKING_MS = 180_000;

/** `folder` undefined: the one the command runs in, unless something else is pushed. */
export async function runPush(options: { session: Session; folder: string | undefined; flags: PushFlags }): Promise<ExitCode> {
  const { session, flags } = options;
  const { terminal, api } = session;
  requireToken(session);
  const source = await describeSource(options);
  const body = {
    ...source.body,
    ...(flags.version === undefined ? {} : { version: flags.version }),
    ...(flags.visibility === undefined ? {} : { visibility: flags.visibility }),
    ...(flags.label === undefined ? {} : { labels: flags.label }),
  };
  const bytes = Buffer.from(JSON.stringify(body));
  const build = await startBuild({ package: source.body.package, send: (signal) => send({ session, bytes, files: source.files, signal }) });
  terminal.note(`${source.told} as ${terminal.notePaint("bold", nameOf(build))}\n${api.server}${build.links.html}`);
  if (session.json) terminal.printJson({ object: "build", ...build });
  else if (!flags.follow) terminal.print(nameOf(build));
  return flags.follow ? followAndReport({ session, build }) : EXIT.ok;
}

/** One key for all tries: however often it is sent, it builds once. */
async function send(options: { session: Session; bytes: Buffer; files: readonly FoundFile[]; signal: AbortSignal }): Promise<CreatedBuildAnswer> {
  const { session, bytes, files, signal } = options;
  const { terminal, api } = session;
  const bar = createProgressBar({ total: bytes.byteLength, enabled: terminal.canRedraw, write: (text) => void process.stderr.write(text) });
  try {
    return await api.post("/api/v1/builds", { schema: createdBuildAnswer, bytes, idempotencyKey: randomUUID(), patienceMs: PATIENCE_MS, idleMs: THINKING_MS, onSent: bar.show, signal });
  } catch (error) {
    throw error instanceof CommandError ? nameFiles({ error, files }) : error;
  } finally {
    bar.clear();
  }
}

/** The server counts the files it was sent; people know them by their paths. */
function nameFiles(options: { error: CommandError; files: readonly FoundFile[] }): CommandError {
  const { error, files } = options;
  const fields = error.fields.map((field) => ({ ...field, path: nameField({ path: field.path, files }) }));
  const message = error.fields.reduce((text, field, index) => text.replace(field.path, fields[index]?.path ?? field.path), error.message);
  return new CommandError(message, { exitCode: error.exitCode, code: error.code, status: error.status, fix: error.fix, requestId: error.requestId, fields, cause: error });
}
