/** A real worker process over the fixture pipeline, to be killed by tests. Settings come as JSON in the first argument. */
import { z } from "zod";
import type { Chain } from "~/chains";
import { createLocalExecutor } from "~/executors/local";
import { createLogger } from "~/server/logger";
import { startTracing } from "~/telemetry/start-tracing";
import { startWorker } from "~/worker/start-worker";
import { createDeploymentRegistry, openTestChains, TEST_INSTALLATION_SECRET } from "./deployment-pipeline";
import { fixtureRegistry } from "./fixture-pipeline";

const settings = z
  .object({ databaseUrl: z.string(), folder: z.string(), slots: z.number(), logLevel: z.string(), otlpEndpoint: z.string().optional(), chains: z.array(z.custom<Chain>()).optional() })
  .parse(JSON.parse(process.argv[2] ?? "{}"));

const tracing = settings.otlpEndpoint === undefined ? null : await startTracing({ endpoint: settings.otlpEndpoint, serviceName: "slipway-worker" });
const logger = createLogger({ name: "worker", level: settings.logLevel });
const executor = createLocalExecutor({ slots: settings.slots, workRoot: `${settings.folder}/sandboxes`, allowInsecure: false, warmPerKey: 0, logger });
const chains = settings.chains === undefined ? undefined : openTestChains({ chains: settings.chains, folder: settings.folder, host: true, logger });
const worker = await startWorker({
  databaseUrl: settings.databaseUrl,
  blobDirectory: `${settings.folder}/blobs`,
  workRoot: `${settings.folder}/attempts`,
  pipelines: chains === undefined ? fixtureRegistry : createDeploymentRegistry({ chains }),
  chains,
  secretKey: TEST_INSTALLATION_SECRET,
  executor,
  logger,
  slots: settings.slots,
  concurrency: 16,
  perWorkspace: 8,
});
void chains?.keep();
process.once("SIGTERM", () => {
  void worker
    .stop()
    .then(() => executor.close())
    .then(() => chains?.close())
    .then(() => tracing?.shutdown())
    .then(() => process.exit(0));
});
process.send?.({ type: "ready", workerId: worker.workerId });
