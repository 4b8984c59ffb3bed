/** How the platform does, for those who run it and those who wait for it. */
import { jobStats, retentionPlan } from "../schemas/operations";
import { planRetention } from "../../services/retention/plan-retention";
import { getJobStats } from "../../services/workers/get-job-stats";
import { router, scopedProcedure } from "../trpc";

export const operationsRouter = router({
  // Numbers of the whole installation, and of nobody in particular: whoever may read builds may know how long they will wait.
  stats: scopedProcedure("builds:read")
    .meta({ openapi: { method: "GET", path: "/async-jobs/stats", summary: "Workers, the queue, and how long builds wait and run" } })
    .output(jobStats)
    .query(({ ctx }) => getJobStats({ context: ctx.services })),

  retention: scopedProcedure("admin")
    .meta({ openapi: { method: "GET", path: "/admin/retention", summary: "What retention would remove now" } })
    .output(retentionPlan)
    .query(({ ctx }) => planRetention({ context: ctx.services })),
});
