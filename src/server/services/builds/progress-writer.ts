/** Writes a stage's progress as events, at most four a second, and none once the attempt is over. */
import type { BuildStage } from "../../db/generated/client";
import type { ServiceContext } from "../context";
import { lockBuild, recordEvent } from "./record-event";

const EVERY_MS = 250;

export interface ProgressWriter {
  /** `percent` 0–100. */
  report: (percent: number, message?: string) => void;
  /** Resolves when nothing is being written any more. */
  close(): Promise<void>;
}

export function createProgressWriter(options: { context: ServiceContext; stage: BuildStage; workspaceId: string }): ProgressWriter {
  const { context, stage, workspaceId } = options;
  let next: { progress: number; message?: string } | null = null;
  let writing: Promise<void> | null = null;
  let closed = false;

  const write = async (): Promise<void> => {
    while (next !== null && !closed) {
      const { progress, message } = next;
      next = null;
      await context.database.db.$transaction(async (tx) => {
        await lockBuild(tx, stage.buildId);
        const { count } = await tx.buildStage.updateMany({ where: { id: stage.id, fence: stage.fence, status: "building" }, data: { progress } });
        if (count === 0) return;
        await recordEvent({ tx, buildId: stage.buildId, workspaceId, type: "build.step", stageKey: stage.key, payload: { status: "building", progress, message } });
      });
      await new Promise((resolve) => setTimeout(resolve, closed ? 0 : EVERY_MS));
    }
  };

  return {
    report(percent, message) {
      if (closed) return;
      next = { progress: Math.max(0, Math.min(100, Math.round(percent))), message };
      // Progress is a nicety: a database that is away must not fail the stage for it.
      writing ??= write().catch((error: unknown) => context.logger.debug({ error: String(error) }, "progress not written")).finally(() => { writing = null; });
    },
    async close() {
      closed = true;
      next = null;
      await writing;
    },
  };
}
