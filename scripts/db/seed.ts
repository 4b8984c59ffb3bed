/** `npm run db:seed`: fills the database of this data folder (see prisma/seed.ts), whether Slipway runs or not. */
import path from "node:path";
import { seed, SEED_PASSWORD, SEED_PEOPLE } from "../../prisma/seed";
import { migrationsFolder, withDatabaseUrl } from "../../src/cli/reach-database";
import { createEngine } from "../../src/engine";
import { getEnvOrExit } from "../../src/env";
import { createInngest, sendWorkflowEvents } from "../../src/inngest/client";
import { createRegistry } from "../../src/pipelines/registry";
import { findProjectRoot } from "../../src/project-root";
import { applyMigrations } from "../../src/server/db/migrate";
import { createLogger } from "../../src/server/logger";
import { createServiceContext } from "../../src/server/services/create-context";

const env = getEnvOrExit();
await withDatabaseUrl({
  env,
  work: async (databaseUrl) => {
    await applyMigrations({ databaseUrl, migrationsDir: migrationsFolder() });
    const context = await createServiceContext({
      databaseUrl,
      blobDirectory: env.storage.dir,
      pipelines: createRegistry({ toolchainsDir: path.join(findProjectRoot(), "toolchains"), nodeBinary: process.execPath, nodeVersion: process.versions.node }),
      logger: createLogger({ name: "seed", level: "warn" }),
      createSend: ({ pool }) => {
        const inngest = createInngest({ pool, server: env.inngest });
        return (events) => sendWorkflowEvents({ inngest, events });
      },
      poolSize: 2,
    });
    try {
      if (env.inngest === undefined) await createEngine({ pool: context.database.pool, handler: () => Promise.reject(new Error("The seed runs no functions.")), workerId: "seed" }).migrate();
      const { buildIds } = await seed({ context });
      console.log(`${buildIds.length} packages pushed; a running worker builds them. Sign in as ${SEED_PEOPLE.map(({ handle }) => `${handle}@example.com`).join(", ")} with ${SEED_PASSWORD}`);
    } finally {
      await context.close();
    }
  },
});
