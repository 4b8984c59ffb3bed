/** Live streams of builds. */
import { tracked } from "@trpc/server";
import { onChangeInput, onEventInput } from "../../schemas/build-requests";
import { findBuild } from "../../../services/builds/find-build";
import { streamBuildChanges } from "../../../services/builds/stream-build-changes";
import { lastEventIdOf, parseEventId, streamBuild } from "../../../services/builds/stream-build";
import { publicProcedure } from "../../trpc";

/** Every event and line of one build after `lastEventId`, then what comes; ends after `build.completed`. */
export const onEvent = publicProcedure.input(onEventInput).subscription(async function* ({ ctx, input, signal }) {
  const build = await findBuild({ context: ctx.services, actor: ctx.actor, build: { build_id: input.build_id } });
  const frames = streamBuild({
    context: ctx.services,
    buildId: build.id,
    afterEventId: parseEventId({ value: input.lastEventId, field: "lastEventId" }),
    signal: signal ?? new AbortController().signal,
  });
  for await (const frame of frames) yield tracked(String(lastEventIdOf(frame)), frame);
});

/** Builds that were created or changed, for lists and cards. */
export const onChange = publicProcedure.input(onChangeInput).subscription(async function* ({ ctx, input, signal }) {
  const changes = streamBuildChanges({
    context: ctx.services,
    actor: ctx.actor,
    workspace: input.workspace,
    package: input.package,
    signal: signal ?? new AbortController().signal,
  });
  for await (const build of changes) yield { build };
});
