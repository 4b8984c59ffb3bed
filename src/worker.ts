/** The worker process: configuration in, a running worker out, drained on SIGTERM or when its parent is gone. */
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { openChainsOrExit } from "~/chains";
import { CONFIG_EXIT_CODE, getEnvOrExit, inheritedEnvironment } from "~/env";
import { createLocalExecutor } from "~/executors/local";
import { openContractModel } from "~/pipelines/contract/model/ask-model";
import { createRegistry } from "~/pipelines/registry";
import { createLogger } from "~/server/logger";
import { startTracing } from "~/telemetry/start-tracing";
import { startWorker } from "~/worker/start-worker";

const env = getEnvOrExit();
const logger = createLogger({ name: "worker", level: env.logLevel });
if (env.databaseUrl === undefined) {
  process.stderr.write("DATABASE_URL is not set. Start the worker through `npm start`, which starts the embedded Postgres, or set it.\n");
  process.exit(78);
}

const tracing = env.otlpEndpoint === undefined ? null : await startTracing({ endpoint: env.otlpEndpoint, serviceName: "slipway-worker" });

// Bundled to dist/worker.js or run from src/worker.ts: the toolchains lie beside either folder.
const toolchainsDir = path.join(fileURLToPath(new URL("..", import.meta.url)), "toolchains");
if (!existsSync(toolchainsDir)) throw new Error(`No toolchains folder at ${toolchainsDir}.`);

const secretKey = env.secretKey ?? env.authSecret;
const chains = await openChainsOrExit({ dataDir: env.dataDir, configured: env.chains, toolchainsDir, searchPath: inheritedEnvironment().PATH, host: true, secret: secretKey, logger, exitCode: CONFIG_EXIT_CODE });
const pipelines = createRegistry({ toolchainsDir, nodeBinary: process.execPath, nodeVersion: process.versions.node, chains, audit: env.audit, model: env.model === undefined ? undefined : openContractModel({ settings: env.model }) });
const stageCount = pipelines.kinds().reduce((count, kind) => count + (pipelines.get(kind)?.stages.length ?? 0), 0);
const executor = createLocalExecutor({
  slots: env.executorSlots,
  workRoot: path.join(env.dataDir, "sandboxes"),
  allowInsecure: env.allowInsecureLocal,
  warmPerKey: env.warmRunners,
  warmTotal: env.warmRunners * stageCount,
  logger,
});
const worker = await startWorker({
  databaseUrl: env.databaseUrl,
  blobDirectory: env.storage.dir,
  workRoot: path.join(env.dataDir, "attempts"),
  pipelines,
  executor,
  chains,
  secretKey,
  logger,
  slots: env.executorSlots,
  concurrency: env.workerConcurrency,
  perWorkspace: env.workspaceConcurrency,
  limits: { maxQueue: env.maxQueue, retentionDays: env.retention.days, blobGraceHours: env.retention.graceHours },
  inngestServer: env.inngest === undefined ? undefined : { ...env.inngest, serveHost: env.functions.host, servePort: env.functions.port },
});

void chains.keep();

let stopping = false;
async function stop(why: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  logger.info({ why }, "worker stopping");
  await worker.stop();
  await chains.close();
  await executor.close();
  await tracing?.shutdown();
  process.exit(0);
}
process.on("SIGTERM", () => void stop("SIGTERM"));
process.on("SIGINT", () => void stop("SIGINT"));
process.on("disconnect", () => void stop("the supervisor is gone"));
process.send?.({ type: "ready" });
