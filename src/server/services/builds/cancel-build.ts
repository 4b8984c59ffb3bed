/**
 * Cancels a build honestly: `cancelling` until every process is confirmed dead, then `cancelled` with the measured time.
 * The worker that runs a stage hears of it through the bus, kills the stage's process tree and settles the stage; a
 * build of which nothing runs is closed here at once.
 */
import { actsAsAdmin, type Actor } from "~/domain/actor";
import { AppError, notFound } from "~/domain/errors";
import { isFinal } from "~/domain/statuses";
import { BUS_CHANNEL, encodeNotice } from "../../realtime/bus";
import { VISIBLE_SQL, WRITABLE_SQL } from "../access";
import type { ServiceContext } from "../context";
import { enqueueEvent } from "../outbox/enqueue-event";
import { closeBuild } from "./finish-build";
import { lockBuild, recordEvent } from "./record-event";

export interface CancelBuildOptions {
  context: ServiceContext;
  actor: Actor;
  buildId: string;
  requestId: string | null;
  /** How long to wait for the confirmation, ms; default 40 s: longer than a dead worker takes to be noticed. */
  waitMs?: number;
}

/** Throws `not_found`, `forbidden`, `build_not_cancellable` when it is over, `not_available` when no confirmation came in time. */
export async function cancelBuild(options: CancelBuildOptions): Promise<{ buildId: string; cancelledInMs: number }> {
  const { context, actor, buildId } = options;
  await requireCancellable({ context, actor, buildId });
  const closedInMs = await requestCancel({ context, buildId, cancelledById: actor.userId, requestId: options.requestId });
  context.kickOutbox();
  if (closedInMs !== null) return { buildId, cancelledInMs: closedInMs };
  return waitUntilCancelled({ context, buildId, waitMs: options.waitMs ?? 40_000 });
}

async function requireCancellable(options: { context: ServiceContext; actor: Actor; buildId: string }): Promise<void> {
  const { context, actor, buildId } = options;
  const { rows } = await context.database.pool.query<{ writable: boolean }>({
    name: "cancellable",
    text: `
      SELECT ${WRITABLE_SQL} AS writable FROM build b JOIN package p ON p.id = b.package_id LEFT JOIN membership m ON m.workspace_id = b.workspace_id AND m.user_id = $1
      WHERE ${VISIBLE_SQL} AND b.id = $3`,
    values: [actor.userId, actsAsAdmin(actor), buildId],
  });
  if (rows[0] === undefined) throw notFound("Build");
  if (rows[0].writable) return;
  throw new AppError("forbidden", { userMessage: "You may see this build but not cancel it. Ask an owner of its workspace to make you a member." });
}

/** Answers the milliseconds when nothing ran and it is over already, else null. */
async function requestCancel(options: { context: ServiceContext; buildId: string; cancelledById: string; requestId: string | null }): Promise<number | null> {
  const { context, buildId, cancelledById, requestId } = options;
  return context.database.db.$transaction(async (tx) => {
    await lockBuild(tx, buildId);
    const build = await tx.build.findUniqueOrThrow({ where: { id: buildId }, include: { stages: { orderBy: { position: "asc" } } } });
    if (isFinal(build.status)) {
      throw new AppError("build_not_cancellable", { userMessage: `Build #${build.number} is over (${build.status}), so there is nothing to cancel.` });
    }
    if (build.cancelRequestedAt !== null) return null;
    const cancelRequestedAt = new Date();
    await tx.build.update({ where: { id: buildId }, data: { cancelRequestedAt, cancelledById } });
    await enqueueEvent({ tx, id: `${buildId}:cancel`, name: "build/cancelled", data: requestId === null ? { buildId } : { buildId, requestId } });
    await tx.$executeRaw`SELECT pg_notify(${BUS_CHANNEL}, ${encodeNotice("cancel", buildId)})`;
    const running = build.stages.find((stage) => stage.status === "building");
    if (running === undefined) {
      await closeBuild({ tx, build: { ...build, cancelRequestedAt } });
      const { cancelledInMs } = await tx.build.findUniqueOrThrow({ where: { id: buildId }, select: { cancelledInMs: true } });
      return cancelledInMs;
    }
    await recordEvent({ tx, buildId, workspaceId: build.workspaceId, type: "build.step", stageKey: running.key, payload: { status: "building", progress: running.progress, message: "Cancelling" } });
    return null;
  });
}

async function waitUntilCancelled(options: { context: ServiceContext; buildId: string; waitMs: number }): Promise<{ buildId: string; cancelledInMs: number }> {
  const { context, buildId, waitMs } = options;
  const read = () => context.database.db.build.findUnique({ where: { id: buildId }, select: { status: true, cancelledInMs: true } });
  let wake: () => void = () => undefined;
  const deadline = AbortSignal.timeout(waitMs);
  const unsubscribe = await context.bus.subscribe("build", buildId, () => wake());
  try {
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
        deadline.addEventListener("abort", () => resolve(), { once: true });
      });
      const build = await read();
      if (build === null) throw notFound("Build");
      if (isFinal(build.status)) return { buildId, cancelledInMs: build.cancelledInMs ?? 0 };
      if (deadline.aborted) {
        throw new AppError("not_available", { userMessage: "The build is being cancelled, but its worker has not confirmed it yet. It will be; look at the build again.", retryable: true });
      }
      await woken;
    }
  } finally {
    unsubscribe();
  }
}
