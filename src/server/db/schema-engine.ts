/**
 * Prisma's own migration engine as WebAssembly, talking to Postgres through `pg`. The Prisma CLI would download a
 * native engine for the same work, which a machine without internet can't.
 */
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { MigrationDirectory, MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import * as engineGlue from "@prisma/schema-engine-wasm/schema_engine_bg";
import { z } from "zod";

/** Tables that live beside ours and are nobody's to migrate but their owner's: none in the schema `public`. */
export const SCHEMA_FILTER = { externalTables: [], externalEnums: [] };

const startSchema = z.object({ __wbindgen_start: z.custom<() => void>((value) => typeof value === "function") });

let loaded: Promise<void> | undefined;

function loadEngine(): Promise<void> {
  loaded ??= (async () => {
    const glueFile = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
    const wasm = await readFile(path.join(path.dirname(glueFile), "schema_engine_bg.wasm"));
    const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": { ...engineGlue } });
    engineGlue.__wbg_set_wasm(instance.exports);
    startSchema.parse(instance.exports).__wbindgen_start();
  })();
  return loaded;
}

/**
 * Runs `work` with an engine on `databaseUrl`.
 *
 * @throws Error with the engine's message (which migration failed, and what Postgres said).
 */
export async function withSchemaEngine<Result>(options: { databaseUrl: string; work: (engine: SchemaEngine) => Promise<Result> }): Promise<Result> {
  await loadEngine();
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: options.databaseUrl }));
  const engine = await engineGlue.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
  try {
    return await options.work(engine);
  } catch (error) {
    throw new Error(engineMessage(error), { cause: error });
  } finally {
    engine.free();
  }
}

const engineErrorSchema = z.object({ message: z.string() });

/** The engine throws strings, JSON in strings, or objects with a `message`. */
function engineMessage(error: unknown): string {
  const parsed = engineErrorSchema.safeParse(error);
  return parsed.success ? parsed.data.message : String(error);
}

/** The migrations folder, in the form the engine wants. A folder that does not exist has no migrations. */
export async function readMigrations(options: { migrationsDir: string }): Promise<MigrationList> {
  const entries = await readdir(options.migrationsDir, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
  const migrationDirectories = await Promise.all(
    names.map(async (name): Promise<MigrationDirectory> => {
      const file = path.join(options.migrationsDir, name, "migration.sql");
      return { path: name, migrationFile: { path: "migration.sql", content: { tag: "ok", value: await readFile(file, "utf8") } } };
    }),
  );
  const lockfile = await readFile(path.join(options.migrationsDir, "migration_lock.toml"), "utf8").catch(() => null);
  return { baseDir: options.migrationsDir, lockfile: { path: "migration_lock.toml", content: lockfile }, shadowDbInitScript: "", migrationDirectories };
}
