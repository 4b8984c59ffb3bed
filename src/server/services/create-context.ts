/** Puts the parts of the platform together for one process. */
import type { WorkflowEvent } from "~/inngest/events";
import { createNoChains, type Chains } from "~/chains";
import type { PipelineRegistry } from "~/pipelines/define";
import { openDatabase } from "../db/client";
import { openBus } from "../realtime/open-bus";
import { openDiskBlobStore } from "../storage/disk-blob-store";
import { DEFAULT_LIMITS, type Logger, type PlatformLimits, type ServiceContext } from "./context";
import { createOutboxKick } from "./outbox/create-outbox-kick";
import { DEFAULT_GIT_SETTINGS, type GitSettings } from "./context";
import type { Database } from "../db/client";
import { createSecretBox } from "./secrets/secret-box";

export interface CreateServiceContextOptions {
  databaseUrl: string;
  blobDirectory: string;
  pipelines: PipelineRegistry;
  /** Default: none. */
  chains?: Chains;
  /** What secrets of workspaces are kept under; undefined: they can be neither kept nor opened. */
  secretKey?: string;
  logger: Logger;
  /** Made from the opened database, because the embedded engine's events go into it. */
  createSend: (database: Database) => (events: readonly WorkflowEvent[]) => Promise<void>;
  poolSize?: number;
  /** Default: `DEFAULT_LIMITS`. */
  limits?: Partial<PlatformLimits>;
  /** Default: every public server by HTTPS, and no other. */
  git?: GitSettings;
}

export interface OpenedServiceContext extends ServiceContext {
  close(): Promise<void>;
}

export async function createServiceContext(options: CreateServiceContextOptions): Promise<OpenedServiceContext> {
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
    chains: options.chains ?? createNoChains(),
    secretBox: createSecretBox({ secret: options.secretKey }),
    logger,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    git: options.git ?? DEFAULT_GIT_SETTINGS,
    kickOutbox: createOutboxKick({ database, send: options.createSend(database), logger }),
    close: async () => {
      await bus.close();
      await database.close();
    },
  };
}
