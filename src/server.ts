/** The web process: configuration in, a serving server out, drained on SIGTERM or when its parent is gone. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import next from "next";
import { openChainsOrExit } from "~/chains";
import { CONFIG_EXIT_CODE, getEnvOrExit, inheritedEnvironment, setForLibraries } from "~/env";
import { createInngest, sendWorkflowEvents } from "~/inngest/client";
import { openContractModel } from "~/pipelines/contract/model/ask-model";
import { createRegistry } from "~/pipelines/registry";
import type { ApiEnvironment } from "~/server/api/create-api-context";
import { provideAuth } from "~/server/auth/auth-bridge";
import { createAuthBridge } from "~/server/auth/create-auth-bridge";
import { listPendingMigrations } from "~/server/db/migrate";
import { createWebServer, type PageHandler } from "~/server/http/create-web-server";
import { createApiFetch } from "~/server/http/trpc-handler";
import { createLogger } from "~/server/logger";
import { readDocument } from "~/server/rest/openapi/serve-document";
import { createServiceContext } from "~/server/services/create-context";
import { startTracing } from "~/telemetry/start-tracing";
import { provideApiDocument, provideApiFetch } from "~/trpc/api-bridge";

const env = getEnvOrExit();
const logger = createLogger({ name: "web", level: env.logLevel });
const tracing = env.otlpEndpoint === undefined ? null : await startTracing({ endpoint: env.otlpEndpoint, serviceName: "slipway-web" });
const { databaseUrl, authSecret } = env;
if (databaseUrl === undefined || authSecret === undefined) {
  const missing = databaseUrl === undefined ? "DATABASE_URL" : "AUTH_SECRET";
  process.stderr.write(`${missing} is not set. Start the server through \`npm start\`, which sets it, or set it yourself.\n`);
  process.exit(78);
}

// Bundled to dist/server.js or run from src/server.ts: the project lies above either folder.
const projectDir = fileURLToPath(new URL("..", import.meta.url));
const development = env.nodeEnv === "development";
const secretKey = env.secretKey ?? authSecret;
const toolchainsDir = path.join(projectDir, "toolchains");
const chains = await openChainsOrExit({ dataDir: env.dataDir, configured: env.chains, toolchainsDir, searchPath: inheritedEnvironment().PATH, host: false, secret: secretKey, logger, exitCode: CONFIG_EXIT_CODE });
const services = await createServiceContext({
  databaseUrl,
  blobDirectory: env.storage.dir,
  pipelines: createRegistry({ toolchainsDir, nodeBinary: process.execPath, nodeVersion: process.versions.node, chains, audit: env.audit, model: env.model === undefined ? undefined : openContractModel({ settings: env.model }) }),
  chains,
  secretKey,
  logger,
  limits: { maxQueue: env.maxQueue, retentionDays: env.retention.days, blobGraceHours: env.retention.graceHours },
  git: env.git,
  createSend: (database) => {
    const inngest = createInngest({ pool: database.pool, server: env.inngest, logger });
    return (events) => sendWorkflowEvents({ inngest, events });
  },
});
const environment: ApiEnvironment = {
  services,
  settings: { signupOpen: env.signupOpen, githubEnabled: env.github !== undefined, limits: env.rateLimits, corsOrigins: env.corsOrigins },
  authSecret,
  publicUrl: env.publicUrl,
  metricsToken: env.metricsToken,
};
provideApiFetch({ apiFetch: createApiFetch(environment) });
provideApiDocument({ document: () => readDocument().document });
provideAuth(
  createAuthBridge({ services, secret: authSecret, secureCookies: env.publicUrl.startsWith("https:"), github: env.github ?? null, signupOpen: env.signupOpen }),
);
// Read by the sign-in library, which takes its address no other way, and by Next.
setForLibraries({ NEXTAUTH_URL: env.publicUrl, NEXT_TELEMETRY_DISABLED: "1" });

let migrated = false;
async function isMigrated(url: string): Promise<boolean> {
  migrated ||= (await listPendingMigrations({ databaseUrl: url, migrationsDir: path.join(projectDir, "prisma", "migrations") })).length === 0;
  return migrated;
}

let pages: PageHandler | null = null;
const web = createWebServer({ environment, development, isMigrated: () => isMigrated(databaseUrl), pages: () => pages });
const app = next({ dev: development, dir: projectDir, hostname: env.host, port: env.port, httpServer: web.server });
await app.prepare();
pages = { handle: app.getRequestHandler(), upgrade: app.getUpgradeHandler() };

await new Promise<void>((resolve, reject) => {
  web.server.once("error", reject);
  web.server.listen(env.port, env.host, resolve);
});
logger.info({ host: env.host, port: env.port, url: env.publicUrl }, "web ready");
process.send?.({ type: "ready" });

let stopping = false;
async function stop(why: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  logger.info({ why }, "web draining");
  await web.drain();
  await app.close();
  await services.close();
  await tracing?.shutdown();
  logger.info({}, "web stopped");
  process.exit(0);
}
process.on("SIGTERM", () => void stop("SIGTERM"));
process.on("SIGINT", () => void stop("SIGINT"));
process.on("disconnect", () => void stop("the parent is gone"));
