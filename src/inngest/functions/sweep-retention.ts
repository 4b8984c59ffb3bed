/**
 * Once an hour: removes what is past its time. A cron of the workflow engine, so that one run is made whatever the number
 * of workers, one that was missed is made up for, and it works the same with an Inngest server. Every step is safe to run
 * again: each build is one transaction, and what a dead run left is simply still there.
 */
import { cutoffOf } from "~/server/services/retention/removable-builds";
import { removeBuildContent } from "~/server/services/retention/remove-build-content";
import { sweepBlobs } from "~/server/services/retention/sweep-blobs";
import { sweepExpired } from "~/server/services/housekeeping/sweep-expired";
import type { ServiceContext } from "~/server/services/context";
import type { SlipwayInngest } from "../client";

/** Builds a step; far below the time that a step may take. */
const BUILDS_A_STEP = 500;
/** A run's end; the next hour goes on. */
const MAX_STEPS = 40;

export function createSweepRetention({ inngest, context }: { inngest: SlipwayInngest; context: ServiceContext }) {
  return inngest.createFunction(
    { id: "sweep-retention", triggers: [{ cron: "TZ=UTC 17 * * * *" }], concurrency: [{ limit: 1 }], retries: 2 },
    async ({ step }) => {
      const expired = await step.run("expired rows", () => sweepExpired({ context }));
      let builds = 0;
      for (let round = 0; round < MAX_STEPS; round += 1) {
        const removed = await step.run(`builds ${round}`, () => removeBatch({ context }));
        builds += removed;
        if (removed < BUILDS_A_STEP) break;
      }
      const swept = await step.run("blobs", () => sweepBlobs({ context, now: Date.now() }));
      await step.run("tell", () => context.logger.info({ expired, builds, ...swept }, "retention swept"));
      return { expired, builds, ...swept };
    },
  );
}

async function removeBatch({ context }: { context: ServiceContext }): Promise<number> {
  const cutoff = cutoffOf({ context, now: Date.now() });
  if (cutoff === null) return 0;
  return (await removeBuildContent({ context, cutoff, limit: BUILDS_A_STEP })).builds;
}
