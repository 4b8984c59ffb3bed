/** Builds: attempts at building a release. What changes them and what streams them stands in the files beside. */
import { z } from "zod";
import {
  activityOutput,
  artifactsOutput,
  buildRef,
  comparisonOutput,
  getBuildInput,
  getLogsInput,
  getLogsOutput,
  listBuildsInput,
  listBuildsOutput,
  searchLogInput,
  searchLogOutput,
} from "../../schemas/build-requests";
import { buildDetail } from "../../schemas/builds";
import { workspaceRef } from "../../schemas/names";
import { getBuildActivity } from "../../../services/builds/build-activity";
import { compareWithGreen } from "../../../services/builds/compare-with-green";
import { getBuild } from "../../../services/builds/get-build";
import { getLogLines } from "../../../services/builds/get-log-lines";
import { listArtifacts } from "../../../services/builds/list-artifacts";
import { listBuilds } from "../../../services/builds/list-builds";
import { searchLog } from "../../../services/builds/search-log";
import { wholeOf } from "../../../services/paging";
import { protectedProcedure, publicProcedure, router } from "../../trpc";
import { cancel, createBuild, rebuildBuild } from "./create-and-change";
import { deploy } from "./deploy";
import { onChange, onEvent } from "./watch";

const DEFAULT_TAIL = 50;

export const buildsRouter = router({
  create: createBuild,
  rebuild: rebuildBuild,
  cancel,
  deploy,
  onEvent,
  onChange,

  list: publicProcedure
    .meta({ openapi: { method: "GET", path: "/builds", summary: "Builds I may see, newest first" } })
    .input(listBuildsInput)
    .output(listBuildsOutput)
    .query(({ ctx, input: { page, page_size, limit, offset, cursor, ...filter } }) =>
      listBuilds({ context: ctx.services, actor: ctx.actor, filter, paging: { page, page_size, limit, offset, cursor } }),
    ),

  get: publicProcedure
    .meta({ openapi: { method: "GET", path: "/builds/{build_id}", summary: "Everything about one build" } })
    .input(getBuildInput)
    .output(buildDetail)
    .query(({ ctx, input }) => getBuild({ context: ctx.services, actor: ctx.actor, build: input, tail: input.tail ?? DEFAULT_TAIL })),

  logs: publicProcedure
    .meta({ openapi: { method: "GET", path: "/builds/{build_id}/logs", summary: "A page of the log" } })
    .input(getLogsInput)
    .output(getLogsOutput)
    .query(({ ctx, input }) =>
      getLogLines({
        context: ctx.services,
        actor: ctx.actor,
        buildId: input.build_id,
        stage: input.stage,
        afterId: input.after_id,
        fromStageLine: input.from_stage_line,
        limit: input.limit,
        q: input.q,
      }),
    ),

  searchLog: publicProcedure
    .input(searchLogInput)
    .output(searchLogOutput)
    .query(({ ctx, input: { build_id: buildId, ...search } }) => searchLog({ context: ctx.services, actor: ctx.actor, buildId, ...search })),

  artifacts: publicProcedure
    .meta({ openapi: { method: "GET", path: "/builds/{build_id}/artifacts", summary: "What a build put out" } })
    .input(buildRef)
    .output(artifactsOutput)
    .query(async ({ ctx, input }) => {
      const artifacts = await listArtifacts({ context: ctx.services, actor: ctx.actor, buildId: input.build_id });
      return { artifacts, ...wholeOf(artifacts) };
    }),

  compareWithGreen: publicProcedure
    .meta({ openapi: { method: "GET", path: "/builds/{build_id}/changes", summary: "What changed since the last successful build" } })
    .input(buildRef)
    .output(comparisonOutput)
    .query(({ ctx, input }) => compareWithGreen({ context: ctx.services, actor: ctx.actor, buildId: input.build_id })),

  activity: protectedProcedure
    .meta({ openapi: { method: "GET", path: "/activity", summary: "Builds of the last 14 days, by day and outcome" } })
    .input(z.object({ workspace: workspaceRef.optional() }))
    .output(activityOutput)
    .query(({ ctx, input }) => getBuildActivity({ context: ctx.services, actor: ctx.actor, workspace: input.workspace })),
});
