/** Events of a build: numbered without gaps together with its log lines, written with the change that they tell of. */
import type { StageStatus } from "~/domain/statuses";
import type { Prisma } from "../../db/generated/client";
import type { DeploymentView } from "../../api/schemas/builds";
import type { Tx } from "../../db/client";
import { BUS_CHANNEL, encodeNotice } from "../../realtime/bus";

export interface BuildEventPayload {
  status?: StageStatus;
  progress?: number;
  message?: string;
  exit_code?: number;
  error_message?: string | null;
  error_code?: string | null;
  /** The lane that changed. */
  deployment?: DeploymentView;
  summary?: string;
}

export interface RecordEventOptions {
  tx: Tx;
  buildId: string;
  workspaceId: string;
  type: "build.created" | "build.step" | "build.completed";
  stageKey?: string;
  payload: BuildEventPayload;
}

/** Takes the build's row lock until the transaction ends, so that events become visible in the order of their ids. */
export async function recordEvent(options: RecordEventOptions): Promise<void> {
  const { tx, buildId, workspaceId, type, stageKey, payload } = options;
  const build = await tx.build.update({ where: { id: buildId }, data: { lastEventId: { increment: 1 } }, select: { lastEventId: true } });
  const json: Prisma.InputJsonObject = { ...payload };
  await tx.buildEvent.create({ data: { buildId, id: build.lastEventId, type, stageKey: stageKey ?? null, payload: json } });
  await notifyBuild({ tx, buildId, workspaceId });
}

/** Tells the build's followers and its workspace's, once the transaction commits. */
export async function notifyBuild({ tx, buildId, workspaceId }: { tx: Tx; buildId: string; workspaceId: string }): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${BUS_CHANNEL}, ${encodeNotice("build", buildId)}), pg_notify(${BUS_CHANNEL}, ${encodeNotice("workspace", workspaceId, buildId)})`;
}

/** Locks the build's row: the first statement of every transaction that changes a build or its stages. */
export async function lockBuild(tx: Tx, buildId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 AS locked FROM build WHERE id = ${buildId} FOR UPDATE`;
}
