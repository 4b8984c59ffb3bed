/** Examples that build with one click. */
import { z } from "zod";
import { createdBuild, packageKind } from "../schemas/builds";
import { wholeAnswer } from "../schemas/paging";
import { describeCreatedBuild } from "../../services/builds/created-build";
import { wholeOf } from "../../services/paging";
import { buildExample } from "../../services/examples/build-example";
import { listExamples } from "../../services/examples/list-examples";
import { publicProcedure, router, scopedProcedure } from "../trpc";

const example = z.object({ slug: z.string(), title: z.string(), description: z.string(), kind: packageKind });

export const examplesRouter = router({
  list: publicProcedure.meta({ openapi: { method: "GET", path: "/examples", summary: "Examples that build as they are" } }).output(z.object({ examples: z.array(example), ...wholeAnswer })).query(({ ctx }) => {
    const examples = listExamples({ context: ctx.services }).map(({ slug, title, description, kind }) => ({ slug, title, description, kind }));
    return { examples, ...wholeOf(examples) };
  }),

  build: scopedProcedure("builds:write")
    .meta({ openapi: { method: "POST", path: "/examples/{slug}/builds", status: 202, creates: true, summary: "Build an example in my own workspace" }, limit: "build" })
    .input(z.strictObject({ slug: z.string().max(100) }))
    .output(createdBuild)
    .mutation(async ({ ctx, input }) => {
      const build = await buildExample({ context: ctx.services, actor: ctx.actor, slug: input.slug, requestId: ctx.requestId });
      return describeCreatedBuild({ build });
    }),
});
