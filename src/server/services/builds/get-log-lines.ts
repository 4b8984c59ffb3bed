/** A page of a build's log. */
import type { Actor } from "~/domain/actor";
import type { LogLine } from "../../api/schemas/builds";
import type { ServiceContext } from "../context";
import { findBuild } from "./find-build";
import { containsText } from "./search-log";
import { readLogLines } from "./read-log-lines";

export interface GetLogLinesOptions {
  context: ServiceContext;
  actor: Actor | null;
  buildId: string;
  stage?: string;
  afterId?: number;
  fromStageLine?: number;
  limit: number;
  q?: string;
}

export interface LogPage {
  logs: LogLine[];
  /** Give it as `after_id` to go on; null when nothing more is there for now. */
  next_after_id: number | null;
  /** Lines of the build, or of the stage asked for, whether they match `q` or not; none once retention removed them. */
  total: number;
}

/** Throws `not_found` for a build the caller may not see; an unknown stage has no lines. */
export async function getLogLines(options: GetLogLinesOptions): Promise<LogPage> {
  const { context, stage, limit, q } = options;
  const build = await findBuild({ context, actor: options.actor, build: { build_id: options.buildId } });
  const matches = q === undefined ? undefined : containsText(q);
  const lines = await readLogLines({
    context,
    buildId: build.id,
    stage,
    afterLine: options.afterId,
    fromStageLine: options.fromStageLine,
    limit: limit + 1,
    keep: matches === undefined ? undefined : (line) => matches(line.message),
  });
  const logs = lines.slice(0, limit);
  const total = build.contentRemovedAt !== null ? 0 : stage === undefined ? build.lastLine : await countStageLines({ context, buildId: build.id, stage });
  return { logs, next_after_id: lines.length > limit ? (logs.at(-1)?.id ?? null) : null, total };
}

async function countStageLines(options: { context: ServiceContext; buildId: string; stage: string }): Promise<number> {
  const row = await options.context.database.db.buildStage.findUnique({
    where: { buildId_key: { buildId: options.buildId, key: options.stage } },
    select: { logLines: true },
  });
  return row?.logLines ?? 0;
}
