/**
 * Looks again, while a stream is open, whether its reader may still have it: the credentials hold and the build is seen.
 * Streams of one credential and build in this process share the looking: one statement a beat. States of a watch:
 * opened by its first stream → shared → closed by its last, or lost, which ends all of them.
 */
import { actsAsAdmin, type Actor } from "~/domain/actor";
import { AppError } from "~/domain/errors";
import type { ServiceContext } from "../context";
import { noSuchBuild } from "./find-build";

export interface Reader {
  /** Null: anonymous. */
  actor: Actor | null;
  sessionId: string | null;
  tokenId: string | null;
}

export interface WatchAccessOptions {
  context: Pick<ServiceContext, "database" | "logger">;
  reader: Reader;
  /** Null: a stream of many builds, which looks itself what is seen of each. */
  buildId: string | null;
  everyMs: number;
}

export interface AccessWatch {
  /** Aborts when access ends; its reason is what `lost` says. */
  signal: AbortSignal;
  /** What the reader is to be told; null while all is well. */
  lost(): AppError | null;
  /** To be called once. */
  leave(): void;
}

interface SharedWatch {
  streams: number;
  ending: AbortController;
  lost: AppError | null;
  stop(): void;
}

const watchesOfDatabase = new WeakMap<ServiceContext["database"], Map<string, SharedWatch>>();

export function watchAccess(options: WatchAccessOptions): AccessWatch {
  const { context, reader, buildId, everyMs } = options;
  const watches = watchesOfDatabase.get(context.database) ?? new Map<string, SharedWatch>();
  watchesOfDatabase.set(context.database, watches);
  const key = JSON.stringify([reader.tokenId, reader.sessionId, reader.actor !== null && actsAsAdmin(reader.actor), buildId, everyMs]);
  const watch = watches.get(key) ?? openWatch({ ...options, onLost: () => watches.delete(key) });
  watches.set(key, watch);
  watch.streams += 1;
  return {
    signal: watch.ending.signal,
    lost: () => watch.lost,
    leave() {
      watch.streams -= 1;
      if (watch.streams > 0) return;
      watch.stop();
      if (watches.get(key) === watch) watches.delete(key);
    },
  };
}

function openWatch(options: WatchAccessOptions & { onLost: () => void }): SharedWatch {
  const { context, everyMs, onLost } = options;
  let looking = false;
  const look = async (): Promise<void> => {
    // A database that is slow is not asked twice.
    if (looking) return;
    looking = true;
    try {
      watch.lost = await findLoss(options);
      if (watch.lost === null) return;
      watch.stop();
      onLost();
      watch.ending.abort(watch.lost);
    } catch (error) {
      // Not knowing is no reason to end: a database that is away tells the stream nothing either.
      context.logger.warn({ err: error }, "whether a stream's reader may still have it could not be looked up");
    } finally {
      looking = false;
    }
  };
  const beating = setInterval(() => void look(), everyMs);
  const watch: SharedWatch = { streams: 0, ending: new AbortController(), lost: null, stop: () => clearInterval(beating) };
  return watch;
}

/** Why the reader may not have it any more, in the words that a new request would be answered with; null: they may. */
async function findLoss({ context, reader, buildId }: WatchAccessOptions): Promise<AppError | null> {
  const { actor, tokenId, sessionId } = reader;
  if (actor === null && buildId === null) return null;
  const { rows } = await context.database.pool.query<AccessRow>({
    name: "stream_access",
    text: `
      WITH holder AS (
        SELECT u.id, u.role FROM api_token t JOIN "user" u ON u.id = t.user_id WHERE t.id = $1 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > $4)
        UNION ALL
        SELECT u.id, u.role FROM session s JOIN "user" u ON u.id = s.user_id WHERE s.id = $2 AND s.expires_at > $4)
      SELECT h.role, p.visibility = 'public' AS public, p.id IS NOT NULL AS present, m.user_id IS NOT NULL AS member
      FROM (SELECT 1) AS one
      LEFT JOIN holder h ON true
      LEFT JOIN build b ON b.id = $3
      LEFT JOIN package p ON p.id = b.package_id
      LEFT JOIN membership m ON m.workspace_id = p.workspace_id AND m.user_id = h.id`,
    values: [tokenId, sessionId, buildId, new Date()],
  });
  const row = rows[0];
  if (row === undefined) return null;
  const { role } = row;
  if (actor !== null && role === null) {
    if (tokenId !== null) return new AppError("unauthenticated", { userMessage: "The token of this stream was revoked or has expired. Make a new one in the settings." });
    // A cookie that does not hold is no more than none.
    if (row.public !== true) return new AppError("unauthenticated", { userMessage: "You were signed out. Sign in again." });
  }
  const admin = actor !== null && role !== null && actsAsAdmin({ ...actor, role });
  if (buildId !== null) return row.public === true || (row.present && (admin || row.member)) ? null : noSuchBuild({ build_id: buildId });
  // What such a stream looks at itself, it looks at with the rights it was opened with.
  if (actor !== null && actsAsAdmin(actor) && !admin) return new AppError("unauthenticated", { userMessage: "You are no admin any more. Connect again." });
  return null;
}

interface AccessRow {
  /** The holder's; null when the credentials don't hold, or none were given. */
  role: Actor["role"] | null;
  /** Null: there is no such build. */
  public: boolean | null;
  present: boolean;
  member: boolean;
}
