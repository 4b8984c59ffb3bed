/** Puts the parts of the platform together for one process. */
import type { WorkflowEvent } from "~/inngest/events";
import type { PipelineRegistry } from "~/pipelines/define";
import { openDatabase } from "../db/client";
import { openBus } from "../realtime/open-bus";
import { openDiskBlobStore } from "../storage/disk-blob-store";
import { DEFAULT_LIMITS, type Logger, type PlatformLimits, type ServiceContext } from "./context";
import { createOutboxKick } from "./outbox/create-outbox-kick";
import type { Database } from "../db/client";

export interface CreateServiceContextOptions {
  databaseUrl: string;
  blobDirectory: string;
  pipelines: PipelineRegistry;
  logger: Logger;
  /** Made from the opened database, because the embedded engine's events go into it. */
  createSend: (database: Database) => (events: readonly WorkflowEvent[]) => Promise<void>;
  poolSize?: number;
}

export interface OpenedServiceContext extends ServiceContext {
  close(): Promise<void>;
}

export async function createServiceContext(options: CreateServiceContextOptions): Promise<OpenedServiceContext> {
  /** Default: `DEFAULT_LIMITS`. */
  limits?: Partial<PlatformLimits>;
  /** Default: every public server by HTTPS, and no other. */
  git?: GitSettings;
  const { databaseUrl, logger } = options;
  const database = openDatabase({
    url: databaseUrl,
    poolSize: options.poolSize,
    onError: (error) => logger.warn({ error: error.message }, "an idle database connection was lost"),
  });
  const blobs = await openDiskBlobStore({ directory: options.blobDirectory });
  const bus = openBus({ databaseUrl, logger });
  return {
    database,
    blobs,
    bus,
    pipelines: options.pipelines,
    logger,
    kickOutbox: createOutboxKick({ database, send: options.createSend(database), logger }),
    close: async () => {
      await bus.close();
      await database.close();
    },
  };
}
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    git: options.git ?? DEFAULT_GIT_SETTINGS,
