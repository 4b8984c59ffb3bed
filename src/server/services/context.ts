/** What every service gets: the parts of the platform, never globals, so that a test can hand in its own. */
import type { PipelineRegistry } from "~/pipelines/define";
import type { Database } from "../db/client";
import type { Bus } from "../realtime/bus";
import type { BlobStore } from "../storage/blob-store";

export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface ServiceContext {
  database: Database;
  blobs: BlobStore;
/** What this installation allows and keeps, from its configuration. */
export interface PlatformLimits {
  /** Builds that may wait at once. */
  maxQueue: number;
  /** Age in days at which a build's log and artifacts go; 0: never. */
  retentionDays: number;
  /** How long an unused blob stays after it was last stored or used. */
  blobGraceHours: number;
}

export const DEFAULT_LIMITS: PlatformLimits = { maxQueue: 10_000, retentionDays: 30, blobGraceHours: 24 };

  bus: Bus;
  pipelines: PipelineRegistry;
  logger: Logger;
  /** Hands waiting outbox events to the workflow engine; returns at once, errors are retried by the worker's sweep. */
  kickOutbox(): void;
}
  limits: PlatformLimits;
  git: GitSettings;
