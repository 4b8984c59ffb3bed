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
  bus: Bus;
  pipelines: PipelineRegistry;
  logger: Logger;
  /** Hands waiting outbox events to the workflow engine; returns at once, errors are retried by the worker's sweep. */
  kickOutbox(): void;
}
