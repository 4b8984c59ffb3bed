/** Sends a folder as a release and follows its build. */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { parsePackageName } from "~/domain/names";
import { createdBuildAnswer, meAnswer, packageAnswer, type CreatedBuildAnswer } from "../answers";
import { nameOf } from "../build-reference";
import { CommandError, EXIT, usageError, type ExitCode } from "../command-error";
import { followAndReport } from "../follow/follow-and-report";
import { countOf, formatBytes } from "../output/format";
import type { ApiClient } from "../http/api-client";
import type { ServerFlags } from "../server-flags";
import { requireToken, signInFix, type Session } from "../session";
import { collectFiles, nameField, type FoundFile } from "./collect-files";
import { encodeFiles } from "./encode-files";
import { readGitFacts } from "./git-facts";
import { guessKind } from "./guess-kind";
import { createProgressBar } from "./progress-bar";
import { toPackageName } from "./package-name";

export interface PushFlags extends ServerFlags {
  package?: string;
  kind?: string;
  version?: string;
  label?: Record<string, string>;
  option?: Record<string, unknown>;
  commit?: string | false;
  ref?: string | false;
  follow: boolean;
}

/** How long a server may be away while something is sent, and how long it may think about it, ms. */
const PATIENCE_MS = 90_000;
const THINKING_MS = 180_000;

export async function runPush(options: { session: Session; folder: string; flags: PushFlags }): Promise<ExitCode> {
  const { session, folder, flags } = options;
  const { terminal, api } = session;
  requireToken(session);
  const { files, totalBytes, warnings } = await collectFiles({ folder });
  for (const warning of warnings) terminal.note(terminal.notePaint("yellow", warning));
  const name = await choosePackage({ api, folder, given: flags.package });
  const kind = flags.kind ?? (await findKind({ api, name })) ?? (await guessKind({ files }));
  const git = await chooseGitFields({ session, folder, flags });
  const body = {
    kind,
    package: name,
    ...(flags.version === undefined ? {} : { version: flags.version }),
    ...git,
    ...(flags.label === undefined ? {} : { labels: flags.label }),
    ...(flags.option === undefined ? {} : { options: flags.option }),
    files: await encodeFiles({ files }),
  };
  const build = await send({ session, bytes: Buffer.from(JSON.stringify(body)), files });
  terminal.note(`Sent ${countOf(files.length, "file")} (${formatBytes(totalBytes)}) as ${terminal.notePaint("bold", nameOf(build))}\n${api.server}${build.links.html}`);
  if (session.json) terminal.printJson({ object: "build", ...build });
  else if (!flags.follow) terminal.print(nameOf(build));
  return flags.follow ? followAndReport({ session, build }) : EXIT.ok;
}

/** One key for all tries: however often it is sent, it builds once. */
async function send(options: { session: Session; bytes: Buffer; files: readonly FoundFile[] }): Promise<CreatedBuildAnswer> {
  const { session, bytes, files } = options;
  const { terminal, api } = session;
  const bar = createProgressBar({ total: bytes.byteLength, enabled: terminal.canRedraw, write: (text) => void process.stderr.write(text) });
  try {
    return await api.post("/api/v1/builds", { schema: createdBuildAnswer, bytes, idempotencyKey: randomUUID(), patienceMs: PATIENCE_MS, idleMs: THINKING_MS, onSent: bar.show });
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

/** As given, else `<my handle>/<name in package.json, or of the folder>`. */
async function choosePackage(options: { api: ApiClient; folder: string; given: string | undefined }): Promise<string> {
  const { api, folder, given } = options;
  if (given !== undefined) {
    if (parsePackageName(given) === null) throw usageError(`"${given}" is not the name of a package.`, "Write workspace/name in lower-case letters, digits and hyphens: --package ada/blinky");
    return given;
  }
  const { user, workspaces } = await api.get("/api/v1/me", { schema: meAnswer });
  if (user === null) throw new CommandError(`You are not signed in to ${api.server}.`, { exitCode: EXIT.denied, code: "unauthenticated", fix: signInFix(api.server) });
  const workspace = workspaces.find(({ slug }) => slug === user.handle) ?? workspaces.find(({ role }) => role !== "viewer");
  const name = toPackageName((await readManifestName(folder)) ?? path.basename(path.resolve(folder)));
  if (workspace === undefined || name === undefined) throw usageError("The package to push to can't be told from the folder.", "Name it: --package workspace/name");
  return `${workspace.slug}/${name}`;
}

async function readManifestName(folder: string): Promise<string | undefined> {
  try {
    return z.object({ name: z.string() }).safeParse(JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"))).data?.name;
  } catch {
    return undefined;
  }
}

/** Of the package that exists already; it can't change. */
async function findKind(options: { api: ApiClient; name: string }): Promise<string | undefined> {
  try {
    return (await options.api.get(`/api/v1/packages/${options.name}`, { schema: packageAnswer })).kind;
  } catch (error) {
    if (error instanceof CommandError && error.status === 404) return undefined;
    throw error;
  }
}

async function chooseGitFields(options: { session: Session; folder: string; flags: PushFlags }): Promise<{ commit_sha?: string; ref?: string }> {
  const { session, folder, flags } = options;
  const known = typeof flags.commit === "string" && typeof flags.ref === "string";
  const git = known ? undefined : await readGitFacts({ folder });
  const commit = flags.commit === false ? undefined : (flags.commit ?? git?.commit);
  const ref = flags.ref === false ? undefined : (flags.ref ?? git?.ref);
  if (flags.commit === undefined && commit !== undefined && git?.dirty === true) {
    session.terminal.note(`The folder differs from commit ${commit.slice(0, 9)}: what is sent is the folder as it is now.`);
  }
  return { ...(commit === undefined ? {} : { commit_sha: commit }), ...(ref === undefined ? {} : { ref }) };
}
