/** What retention would remove now, without touching anything. */
import type { RetentionPlan } from "../../api/schemas/operations";
import type { ServiceContext } from "../context";
import { countExpired } from "../housekeeping/sweep-expired";
import { cutoffOf, listRemovableBuilds } from "./removable-builds";
import { measureUnreferenced } from "./sweep-blobs";

/** How many builds are named one by one. */
const NAMED = 100;

export async function planRetention(options: { context: Pick<ServiceContext, "database" | "blobs" | "limits">; now?: number }): Promise<RetentionPlan> {
  const { context, now = Date.now() } = options;
  const cutoff = cutoffOf({ context, now });
  const total = { count: 0, log_bytes: 0, artifact_count: 0, artifact_bytes: 0 };
  const builds: RetentionPlan["builds"] = [];
  if (cutoff !== null) {
    for await (const build of listRemovableBuilds({ context, cutoff })) {
      total.count += 1;
      total.log_bytes += build.logBytes;
      total.artifact_count += build.artifacts;
      total.artifact_bytes += build.artifactBytes;
      if (builds.length >= NAMED) continue;
      builds.push({
        build_id: build.id, package: build.package, number: build.number, status: build.status, completed_at: build.completedAt.toISOString(),
        log_bytes: build.logBytes, artifact_bytes: build.artifactBytes,
      });
    }
  }
  const unreferenced = await measureUnreferenced({ context, now });
  return {
    retention_days: context.limits.retentionDays,
    grace_hours: context.limits.blobGraceHours,
    older_than: cutoff?.toISOString() ?? null,
    total,
    builds,
    blobs: { count: unreferenced.blobs, bytes: unreferenced.bytes },
    expired: await countExpired({ context, now }),
  };
}
