import type { Command } from "commander";
import { getEnvOrExit } from "../env";
import { applyMigrations } from "../server/db/migrate";
import { migrationsFolder, withDatabaseUrl } from "./reach-database";

export function addMigrateCommand(program: Command): void {
  program
    .command("migrate")
    .description("bring the database up to date (npm start does it too)")
    .action(async () => {
      const env = getEnvOrExit();
      const applied = await withDatabaseUrl({ env, work: (databaseUrl) => applyMigrations({ databaseUrl, migrationsDir: migrationsFolder() }) });
      for (const name of applied) console.log(`applied ${name}`);
      if (applied.length === 0) console.log("The database is up to date.");
    });
}
