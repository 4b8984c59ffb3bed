/** `slipway builds`. */
import { buildsAnswer, type BuildAnswer } from "../answers";
import { nameOf } from "../build-reference";
import { EXIT, type ExitCode } from "../command-error";
import { cleanText } from "../output/clean-text";
import { formatAge, formatDuration } from "../output/format";
import { paintStatus, type Paint } from "../output/paint";
import { formatTable } from "../output/table";
import type { ServerFlags } from "../server-flags";
import type { Session } from "../session";

export interface BuildsFlags extends ServerFlags {
  package?: string;
  workspace?: string;
  status?: string;
  label?: Record<string, string>;
  kind?: string;
  trigger?: string;
  ref?: string;
  after?: string;
  before?: string;
  query?: string;
  limit: number;
  cursor?: string;
}

const LONGEST_ERROR = 60;

export async function runBuilds(options: { session: Session; flags: BuildsFlags }): Promise<ExitCode> {
  const { session, flags } = options;
  const { terminal, api } = session;
  const labels = Object.fromEntries(Object.entries(flags.label ?? {}).map(([key, value]) => [`label.${key}`, value]));
  const answer = await api.get("/api/v1/builds", {
    schema: buildsAnswer,
    query: {
      package: flags.package, workspace: flags.workspace, status: flags.status, kind: flags.kind, trigger: flags.trigger, ref: flags.ref,
      created_after: flags.after, created_before: flags.before, q: flags.query, limit: String(flags.limit), cursor: flags.cursor, ...labels,
    },
  });
  if (session.json) {
    terminal.printJson(answer);
    return EXIT.ok;
  }
  if (answer.builds.length === 0) {
    terminal.note(api.hasToken ? "No builds." : `No public builds. You are not signed in to ${api.server}: slipway login --server ${api.server}`);
    return EXIT.ok;
  }
  const now = Date.now();
  terminal.print(formatTable({ head: ["BUILD", "STATUS", "VERSION", "REF", "CREATED", "TOOK", "ERROR"], rows: answer.builds.map((build) => describeBuild({ build, now, paint: terminal.paint })) }));
  if (typeof answer.next_cursor === "string") terminal.note(`${answer.count} of ${answer.total}. The next ones: the same with --cursor ${answer.next_cursor}`);
  return EXIT.ok;
}

function describeBuild(options: { build: BuildAnswer; now: number; paint: Paint }): string[] {
  const { build, now, paint } = options;
  const error = cleanText(build.error?.message ?? "", { colours: false }).split("\n", 1)[0] ?? "";
  const ref = cleanText(build.ref ?? build.commit_sha?.slice(0, 9) ?? "", { colours: false });
  return [
    nameOf(build),
    paintStatus(paint, build.status),
    build.version,
    ref,
    formatAge(now - Date.parse(build.created_at)),
    build.duration_ms === null ? "" : formatDuration(build.duration_ms),
    error.length > LONGEST_ERROR ? `${error.slice(0, LONGEST_ERROR - 1)}…` : error,
  ];
}
