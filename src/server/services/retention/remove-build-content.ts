/** Takes the log and artifacts of old builds away, one build a transaction: a crash leaves each build whole or done. */
import type { ServiceContext } from "../context";
import { listRemovableBuilds, REMOVABLE_SQL } from "./removable-builds";

export interface RemovedContent {
  builds: number;
  logBytes: number;
  artifacts: number;
  artifactBytes: number;
}

export interface RemoveOptions {
  context: Pick<ServiceContext, "database">;
  cutoff: Date;
  /** Stop after so many builds. */
  limit: number;
}

/** Blobs stay; a later sweep takes those that nothing refers to any more. Answers less than `limit` builds when none is left. */
export async function removeBuildContent({ context, cutoff, limit }: RemoveOptions): Promise<RemovedContent> {
  const removed: RemovedContent = { builds: 0, logBytes: 0, artifacts: 0, artifactBytes: 0 };
  for await (const build of listRemovableBuilds({ context, cutoff })) {
    if (!(await removeOne({ context, cutoff, buildId: build.id }))) continue;
    removed.builds += 1;
    removed.logBytes += build.logBytes;
    removed.artifacts += build.artifacts;
    removed.artifactBytes += build.artifactBytes;
    if (removed.builds >= limit) break;
  }
  return removed;
}

/** False when it is no longer to be removed, or somebody else holds it right now. */
async function removeOne(options: { context: Pick<ServiceContext, "database">; cutoff: Date; buildId: string }): Promise<boolean> {
  const { context, cutoff, buildId } = options;
  const client = await context.database.pool.connect();
  try {
    await client.query("BEGIN");
    const { rowCount } = await client.query(`SELECT 1 FROM build b WHERE b.id = $2 AND ${REMOVABLE_SQL} FOR UPDATE OF b SKIP LOCKED`, [cutoff, buildId]);
    if (rowCount === 1) {
      await client.query("DELETE FROM log_chunk WHERE build_id = $1", [buildId]);
      await client.query("DELETE FROM artifact WHERE build_id = $1", [buildId]);
      await client.query("UPDATE build SET content_removed_at = now() WHERE id = $1", [buildId]);
    }
    await client.query("COMMIT");
    return rowCount === 1;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
