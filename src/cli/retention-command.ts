import type { Command } from "commander";
import type { RetentionPlan } from "../server/api/schemas/operations";
import { getEnvOrExit } from "../env";
import { sweepExpired } from "../server/services/housekeeping/sweep-expired";
import { planRetention } from "../server/services/retention/plan-retention";
import { cutoffOf } from "../server/services/retention/removable-builds";
import { removeBuildContent } from "../server/services/retention/remove-build-content";
import { sweepBlobs } from "../server/services/retention/sweep-blobs";
import { openDiskBlobStore } from "../server/storage/disk-blob-store";
import { withDatabase } from "./reach-database";

interface RetentionFlags {
  dryRun?: true;
  json?: true;
}

export function addRetentionCommand(program: Command): void {
  program
    .command("retention")
    .description("remove old logs, artifacts and unused blobs now, as happens every hour")
    .option("--dry-run", "only say what would be removed")
    .option("--json", "print the result as JSON")
    .action(async (flags: RetentionFlags) => {
      const env = getEnvOrExit();
      const limits = { maxQueue: env.maxQueue, retentionDays: env.retention.days, blobGraceHours: env.retention.graceHours };
      const print = (result: object, text: string): void => console.log(flags.json === true ? JSON.stringify(result, null, 2) : text);
      await withDatabase({
        env,
        work: async (database) => {
          const context = { database, limits, blobs: await openDiskBlobStore({ directory: env.storage.dir }) };
          if (flags.dryRun === true) {
            const plan = await planRetention({ context });
            return print(plan, describePlan(plan));
          }
          const now = Date.now();
          const expired = await sweepExpired({ context, now });
          const cutoff = cutoffOf({ context, now });
          const content = cutoff === null ? { builds: 0, logBytes: 0, artifacts: 0, artifactBytes: 0 } : await removeBuildContent({ context, cutoff, limit: Infinity });
          const swept = await sweepBlobs({ context, now });
          print(
            { expired, builds: content.builds, log_bytes: content.logBytes, artifacts: content.artifacts, artifact_bytes: content.artifactBytes, blobs: swept.blobs, blob_bytes: swept.bytes },
            `Removed the logs (${content.logBytes} bytes) and artifacts (${content.artifacts}, ${content.artifactBytes} bytes) of ${content.builds} builds, ${swept.blobs} unused blobs (${swept.bytes} bytes) and ${expired} expired rows.`,
          );
        },
      });
    });
}

function describePlan(plan: RetentionPlan): string {
  const age =
    plan.older_than === null
      ? "Builds keep everything for ever (SLIPWAY_RETENTION_DAYS=0)."
      : `${plan.total.count} builds that ended before ${plan.older_than} would lose their log (${plan.total.log_bytes} bytes) and ${plan.total.artifact_count} artifacts (${plan.total.artifact_bytes} bytes).`;
  const builds = plan.builds.map((build) => `  ${build.package} #${build.number}  ${build.status}  ${build.completed_at}  log ${build.log_bytes} B, artifacts ${build.artifact_bytes} B`);
  const more = plan.total.count > plan.builds.length ? [`  … and ${plan.total.count - plan.builds.length} more`] : [];
  const expired = Object.entries(plan.expired).map(([what, count]) => `${count} ${what.replaceAll("_", " ")}`).join(", ");
  return [age, ...builds, ...more, `${plan.blobs.count} unused blobs (${plan.blobs.bytes} bytes) would go.`, `Expired rows: ${expired}.`, "Nothing was removed."].join("\n");
}
