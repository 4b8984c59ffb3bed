/**
 * Builds a release: begins it, which settles every stage that need not run, then walks the others, each one step,
 * independent ones in parallel. All rules live in the services; this function only orders them. It is safe to run again from any point: finished steps are not repeated,
 * and a stage that is over answers its status.
 */
import { NonRetriableError } from "inngest";
import type { StageStatus } from "~/domain/statuses";
import { beginBuild } from "~/server/services/builds/begin-build";
import { finishBuild } from "~/server/services/builds/finish-build";
import { withLogFields } from "~/telemetry/log-scope";
import { buildRequested } from "../events";
import type { SlipwayInngest } from "../client";
import { runStage, type StageWorker } from "../steps/run-stage";

export interface CreateBuildReleaseOptions {
  inngest: SlipwayInngest;
  worker: StageWorker;
  /** Builds of one workspace that run at the same time. */
  perWorkspace: number;
}

export function createBuildRelease({ inngest, worker, perWorkspace }: CreateBuildReleaseOptions) {
  const { context } = worker;
  return inngest.createFunction(
    {
      id: "build-release",
      triggers: [{ event: "build/requested" }],
      concurrency: [{ limit: perWorkspace, key: "event.data.workspaceId" }],
      cancelOn: [{ event: "build/cancelled", match: "data.buildId" }],
      retries: 4,
      onFailure: async ({ event }) => {
        const original = buildRequested.safeParse(event.data.event.data);
        if (!original.success) return;
        await finishBuild({
          context,
          buildId: original.data.buildId,
          brokenBecause: "The platform could not finish this build. Rebuild; if it stays, tell an admin the build's id.",
        });
      },
    },
    async ({ event, step }) => {
      const checked = buildRequested.safeParse(event.data);
      if (!checked.success) throw new NonRetriableError("build/requested came without a build id.");
      const { buildId, requestId } = checked.data;
      const inScope = <Result>(run: () => Promise<Result>) => withLogFields({ fields: { buildId, requestId }, run });
      const plan = await step.run("begin", () => inScope(() => beginBuild({ context, buildId, workerId: worker.workerId })));
      if (plan.over) return { buildId, status: plan.over };
      const stages = new Map<string, Promise<StageStatus>>();
      for (const { key, needs } of plan.stages) {
        const needed = Promise.all(needs.flatMap((need) => stages.get(need) ?? []));
        stages.set(key, needed.then(() => step.run(`stage:${key}`, () => inScope(() => runStage({ worker, buildId, key })))));
      }
      await Promise.all(stages.values());
      const status = await step.run("finish", () => inScope(() => finishBuild({ context, buildId })));
      return { buildId, status };
    },
  );
}
