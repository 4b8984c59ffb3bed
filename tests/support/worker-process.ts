/** A real worker process over the fixture pipeline, to be killed by tests. Settings come as JSON in the first argument. */
import { z } from "zod";
import { createLocalExecutor } from "~/executors/local";
import { createLogger } from "~/server/logger";
import { startWorker } from "~/worker/start-worker";
import { fixtureRegistry } from "./fixture-pipeline";

const settings = z
  .object({ databaseUrl: z.string(), folder: z.string(), slots: z.number(), logLevel: z.string() })
  .parse(JSON.parse(process.argv[2] ?? "{}"));

const logger = createLogger({ name: "worker", level: settings.logLevel });
const executor = createLocalExecutor({ slots: settings.slots, workRoot: `${settings.folder}/sandboxes`, allowInsecure: false, warmPerKey: 0, logger });
const worker = await startWorker({
  databaseUrl: settings.databaseUrl,
  blobDirectory: `${settings.folder}/blobs`,
  workRoot: `${settings.folder}/attempts`,
  pipelines: fixtureRegistry,
  executor,
  logger,
  slots: settings.slots,
  concurrency: 16,
  perWorkspace: 8,
});
process.once("SIGTERM", () => {
  void worker
    .stop()
    .then(() => executor.close())
    .then(() => process.exit(0));
});
process.send?.({ type: "ready", workerId: worker.workerId });
