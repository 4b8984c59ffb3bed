/** Live streams of builds. */
import { tracked } from "@trpc/server";
import { onChangeInput, onEventInput } from "../../schemas/build-requests";
import { findBuild } from "../../../services/builds/find-build";
import { streamBuildChanges } from "../../../services/builds/stream-build-changes";
import { lastEventIdOf, parseEventId, streamBuild } from "../../../services/builds/stream-build";
import { watchAccess } from "../../../services/builds/watch-access";
import { STREAM_TIMES, type ApiContext } from "../../context";
import { toTrpcError } from "../../error-mapping";
import { publicProcedure } from "../../trpc";

/** Every event and line of one build after `lastEventId`, then what comes; ends after `build.completed`. */
export const onEvent = publicProcedure.input(onEventInput).subscription(async function* ({ ctx, input, signal }) {
  const build = await findBuild({ context: ctx.services, actor: ctx.actor, build: { build_id: input.build_id } });
  const afterEventId = parseEventId({ value: input.lastEventId, field: "lastEventId" });
  yield* whileAllowed({
    ctx,
    buildId: build.id,
    signal,
    open: async function* (until) {
      for await (const frame of streamBuild({ context: ctx.services, buildId: build.id, afterEventId, signal: until })) yield tracked(String(lastEventIdOf(frame)), frame);
    },
  });
});

/** Builds that were created or changed, for lists and cards; first a null, when it listens. */
export const onChange = publicProcedure.input(onChangeInput).subscription(async function* ({ ctx, input, signal }) {
  yield* whileAllowed({
    ctx,
    buildId: null,
    signal,
    open: async function* (until) {
      for await (const build of streamBuildChanges({ context: ctx.services, actor: ctx.actor, workspace: input.workspace, package: input.package, signal: until })) yield { build };
    },
  });
});

interface WhileAllowedOptions<Item> {
  ctx: ApiContext;
  /** Null: a stream of many builds. */
  buildId: string | null;
  /** Of the caller, who goes away. */
  signal: AbortSignal | undefined;
  open: (until: AbortSignal) => AsyncGenerator<Item, void>;
}

/** What `open` tells, until the caller may not have it any more. Throws `unauthenticated` or `not_found` then. */
async function* whileAllowed<Item>({ ctx, buildId, signal, open }: WhileAllowedOptions<Item>): AsyncGenerator<Item, void> {
  const access = watchAccess({ context: ctx.services, reader: ctx, buildId, everyMs: (ctx.settings.streams ?? STREAM_TIMES).heartbeatMs });
  try {
    for await (const item of open(signal === undefined ? access.signal : AbortSignal.any([signal, access.signal]))) {
      if (access.lost() !== null) break;
      yield item;
    }
    const lost = access.lost();
    if (lost !== null) throw toTrpcError(lost);
  } finally {
    access.leave();
  }
}
