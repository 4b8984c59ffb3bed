/** Releases: a version of a package, its files and what its newest build says of each stage. */
import { rebuildReleaseInput } from "../schemas/build-requests";
import { createdBuild } from "../schemas/builds";
import { releaseView } from "../schemas/packages";
import {
  createReleaseInput,
  getReleaseInput,
  listReleasesInput,
  listReleasesOutput,
  readFileInput,
  readFileOutput,
  releaseDetail,
  setLockedInput,
  updateFilesInput,
} from "../schemas/release-requests";
import { describeCreatedBuild } from "../../services/builds/created-build";
import { rebuildRelease } from "../../services/builds/rebuild-release";
import { createRelease } from "../../services/releases/create-release";
import { getRelease } from "../../services/releases/get-release";
import { listReleases } from "../../services/releases/list-releases";
import { readReleaseFile } from "../../services/releases/read-file";
import { setLocked } from "../../services/releases/set-locked";
import { updateReleaseFiles } from "../../services/releases/update-release-files";
import { publicProcedure, router, scopedProcedure } from "../trpc";

const path = "/packages/{owner}/{name}/releases";
const join = { package: ["owner", "name"] };

export const releasesRouter = router({
  list: publicProcedure
    .meta({ openapi: { method: "GET", path, join, summary: "Releases of a package, newest first" } })
    .input(listReleasesInput)
    .output(listReleasesOutput)
    .query(({ ctx, input: { package: name, ...paging } }) => listReleases({ context: ctx.services, actor: ctx.actor, package: name, paging })),

  get: publicProcedure
    .meta({ openapi: { method: "GET", path: "/releases/{release_id}", summary: "The release record" } })
    .input(getReleaseInput)
    .output(releaseDetail)
    .query(({ ctx, input }) => getRelease({ context: ctx.services, actor: ctx.actor, release: input })),

  create: scopedProcedure("builds:write")
    .meta({ openapi: { method: "POST", path, join, status: 202, creates: true, takesArchive: true, summary: "Push a release; its build starts by itself" }, limit: "build" })
    .input(createReleaseInput)
    .output(createdBuild)
    .mutation(async ({ ctx, signal, input: { commit_sha: commitSha, ...content } }) => {
      const build = await createRelease({ context: ctx.services, actor: ctx.actor, requestId: ctx.requestId, signal, commitSha, ...content });
      return describeCreatedBuild({ build });
    }),

  updateFiles: scopedProcedure("builds:write")
    .meta({ openapi: { method: "PUT", path: "/releases/{release_id}/files", status: 202, summary: "Change files; a build of what went stale starts by itself" }, limit: "build" })
    .input(updateFilesInput)
    .output(createdBuild)
    .mutation(async ({ ctx, input: { release_id: releaseId, upsert, remove } }) => {
      const build = await updateReleaseFiles({ context: ctx.services, actor: ctx.actor, requestId: ctx.requestId, releaseId, upsert, remove });
      return describeCreatedBuild({ build });
    }),

  rebuild: scopedProcedure("builds:write")
    .meta({ openapi: { method: "POST", path: "/releases/{release_id}/rebuild", status: 202, creates: true, summary: "Build a release again" }, limit: "build" })
    .input(rebuildReleaseInput)
    .output(createdBuild)
    .mutation(async ({ ctx, input: { release_id: releaseId, mode, stages } }) => {
      const build = await rebuildRelease({ context: ctx.services, actor: ctx.actor, requestId: ctx.requestId, releaseId, mode, stages });
      return describeCreatedBuild({ build });
    }),

  readFile: publicProcedure
    .meta({ openapi: { method: "GET", path: "/releases/{release_id}/file", summary: "One file of a release, as text" } })
    .input(readFileInput)
    .output(readFileOutput)
    .query(({ ctx, input: { release_id: releaseId, path: file } }) => readReleaseFile({ context: ctx.services, actor: ctx.actor, releaseId, path: file })),

  setLocked: scopedProcedure("builds:write")
    .meta({ openapi: { method: "PATCH", path: "/releases/{release_id}", summary: "Lock a release against changes, or unlock it" } })
    .input(setLockedInput)
    .output(releaseView)
    .mutation(async ({ ctx, input: { release_id: releaseId, locked } }) => {
      await setLocked({ context: ctx.services, actor: ctx.actor, releaseId, locked });
      return getRelease({ context: ctx.services, actor: ctx.actor, release: { release_id: releaseId } });
    }),
});
