/** What makes, repeats and ends builds. */
import { buildRef, cancelledBuild, createBuildInput, rebuildBuildInput } from "../../schemas/build-requests";
import { createdBuild } from "../../schemas/builds";
import { cancelBuild } from "../../../services/builds/cancel-build";
import { describeCreatedBuild } from "../../../services/builds/created-build";
import { rebuildRelease } from "../../../services/builds/rebuild-release";
import { buildExistingRelease, submitFiles } from "../../../services/builds/submit-build";
import { submitPrompt } from "../../../services/builds/submit-prompt";
import { scopedProcedure } from "../../trpc";

export const createBuild = scopedProcedure("builds:write")
  .meta({ openapi: { method: "POST", path: "/builds", status: 202, creates: true, takesArchive: true, summary: "Build files, or a release that exists" }, limit: "build" })
  .input(createBuildInput)
  .output(createdBuild)
  .mutation(async ({ ctx, signal, input }) => {
    const caller = { context: ctx.services, actor: ctx.actor, requestId: ctx.requestId, signal };
    if ("release_id" in input) {
      return describeCreatedBuild({ build: await buildExistingRelease({ ...caller, releaseId: input.release_id }) });
    }
    if ("prompt" in input) return describeCreatedBuild({ build: await submitPrompt({ ...caller, request: input }) });
    const { commit_sha: commitSha, ...content } = input;
    return describeCreatedBuild({ build: await submitFiles({ ...caller, commitSha, ...content }) });
  });

export const rebuildBuild = scopedProcedure("builds:write")
  .meta({ openapi: { method: "POST", path: "/builds/{build_id}/rebuild", status: 202, creates: true, summary: "Build the same release again" }, limit: "build" })
  .input(rebuildBuildInput)
  .output(createdBuild)
  .mutation(async ({ ctx, input: { build_id: buildId, mode, stages } }) => {
    const build = await rebuildRelease({ context: ctx.services, actor: ctx.actor, requestId: ctx.requestId, buildId, mode, stages });
    return describeCreatedBuild({ build });
  });

export const cancel = scopedProcedure("builds:write")
  .meta({
    openapi: {
      method: "POST",
      path: "/builds/{build_id}/cancel",
      also: [{ method: "DELETE", path: "/builds/{build_id}" }],
      summary: "Cancel; answers once everything it ran is dead",
    },
  })
  .input(buildRef.strict())
  .output(cancelledBuild)
  .mutation(async ({ ctx, input }) => {
    const { buildId, cancelledInMs } = await cancelBuild({ context: ctx.services, actor: ctx.actor, buildId: input.build_id, requestId: ctx.requestId });
    return { build_id: buildId, status: "cancelled", cancelled_in_ms: cancelledInMs };
  });
