/**
 * Prisma's own migration engine as WebAssembly, talking to Postgres through `pg`. The Prisma CLI would download a
 * native engine for the same work, which a machine without internet can't.
 */
import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum, DriverAdapterError, type SqlDriverAdapter, type SqlQuery } from "@prisma/driver-adapter-utils";
import type { MigrationDirectory, MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import * as engineGlue from "@prisma/schema-engine-wasm/schema_engine_bg";
import { Client, Pool } from "pg";
import { z } from "zod";

/** No table of the schema `public` is anybody's but Prisma's. */
export const SCHEMA_FILTER = { externalTables: [], externalEnums: [] };

/** What `migration_lock.toml` says beside the migrations. */
export const MIGRATION_LOCK_FILE = `# Says which database the SQL in this folder is for.\nprovider = "postgresql"\n`;

const startSchema = z.object({ __wbindgen_start: z.custom<() => void>((value) => typeof value === "function") });

declare global {
  var slipwaySchemaEngine: { loaded: Promise<void>; panic?: string } | undefined;
}

/**
 * Once per process: the glue has one place for the engine's memory, and a second copy of this module (test runners make
 * them) that put another engine there would pull the first one's memory away under its work.
 */
function loadEngine(): Promise<void> {
  // Where the engine leaves its last words; without it a panic ends the whole process.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message: (message: string) => {
        if (globalThis.slipwaySchemaEngine !== undefined) globalThis.slipwaySchemaEngine.panic = message;
      },
    },
  });
  globalThis.slipwaySchemaEngine ??= { loaded: instantiateEngine() };
  return globalThis.slipwaySchemaEngine.loaded;
}

async function instantiateEngine(): Promise<void> {
  const glueFile = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const wasm = await readFile(path.join(path.dirname(glueFile), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": { ...engineGlue } });
  engineGlue.__wbg_set_wasm(instance.exports);
  startSchema.parse(instance.exports).__wbindgen_start();
}

export interface SchemaEngineWork<Result> {
  databaseUrl: string;
  /** An empty database in which the engine may replay migrations; only comparing needs one. */
  shadowDatabaseUrl?: string;
  work: (engine: SchemaEngine) => Promise<Result>;
}

/**
 * Runs `work` with an engine on `databaseUrl`, and closes every connection it opened.
 *
 * @throws Error with the engine's message (which migration failed, and what Postgres said).
 */
export async function withSchemaEngine<Result>(options: SchemaEngineWork<Result>): Promise<Result> {
  await loadEngine();
  // The engine closes only some of what it opens, so the pools stay ours.
  const pools: Pool[] = [];
  const connect = async (url: string): Promise<SqlDriverAdapter> => {
    const pool = new Pool({ connectionString: url, max: 4 });
    pool.on("error", () => undefined);
    pools.push(pool);
    return mendAdapter(await new PrismaPg(pool, { disposeExternalPool: false }).connect(), pool);
  };
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => connect(options.databaseUrl),
    connectToShadowDb: () => connect(options.shadowDatabaseUrl ?? options.databaseUrl),
  });
  const engine = await engineGlue.SchemaEngine.new({ datamodels: undefined }, () => undefined, factory);
  try {
    return await options.work(engine);
  } catch (error) {
    const panic = globalThis.slipwaySchemaEngine?.panic;
    throw new Error(panic === undefined ? engineMessage(error) : `The migration engine broke down: ${panic}`, { cause: error });
  } finally {
    engine.free();
    await Promise.all(pools.map((pool) => pool.end()));
  }
}

const CHAR_OID = 18;
const TEXT_OID = 25;

interface CatalogReader {
  performIO(query: SqlQuery): Promise<{ fields: { dataTypeID: number }[] }>;
}

function readsCatalogs(adapter: SqlDriverAdapter): adapter is SqlDriverAdapter & CatalogReader {
  return "performIO" in adapter && typeof adapter.performIO === "function";
}

const pgErrorSchema = z.object({ code: z.string(), severity: z.string(), message: z.string(), detail: z.string().optional(), column: z.string().optional(), hint: z.string().optional() });

/**
 * Two things of the adapter stand in a migration's way. It refuses columns of Postgres's one-letter type `"char"`,
 * with which Postgres describes itself, although it could read them as text. And it
 * cuts scripts at every semicolon, also within comments and function bodies: Postgres itself knows better.
 */
function mendAdapter(adapter: SqlDriverAdapter, pool: Pool): SqlDriverAdapter {
  if (!readsCatalogs(adapter)) throw new Error("@prisma/adapter-pg has changed: it has no performIO any more. See whether it reads columns of the type \"char\" by itself now.");
  const performIO = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  const letterColumns = new WeakMap<SqlQuery, number[]>();
  adapter.performIO = async (query) => {
    const result = await performIO(query);
    letterColumns.set(query, result.fields.flatMap((field, index) => (field.dataTypeID === CHAR_OID ? [index] : [])));
    for (const field of result.fields) if (field.dataTypeID === CHAR_OID) field.dataTypeID = TEXT_OID;
    return result;
  };
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of letterColumns.get(query) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  adapter.executeScript = async (script) => {
    try {
      await pool.query(script);
    } catch (error) {
      const known = pgErrorSchema.safeParse(error);
      if (!known.success) throw error;
      throw new DriverAdapterError({ kind: "postgres", detail: undefined, column: undefined, hint: undefined, ...known.data });
    }
  };
  return adapter;
}

const engineErrorSchema = z.object({ message: z.string() });

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
  return { baseDir: options.migrationsDir, lockfile: { path: "migration_lock.toml", content: MIGRATION_LOCK_FILE }, shadowDbInitScript: "", migrationDirectories };
}

/**
 * The SQL that leads from what the migrations make to what the schema says; undefined when they agree. Works in a
 * database that it makes beside `databaseUrl` and drops again, so the user must be allowed to create databases.
 */
export async function diffMigrationsWithSchema(options: { databaseUrl: string; migrationsDir: string; schemaPath: string }): Promise<string | undefined> {
  const migrationsList = await readMigrations(options);
  const content = await readFile(options.schemaPath, "utf8");
  const shadow = new URL(options.databaseUrl);
  const shadowName = `shadow_${randomUUID()}`;
  shadow.pathname = `/${shadowName}`;
  const client = new Client({ connectionString: options.databaseUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE "${shadowName}" TEMPLATE template0`);
    const { stdout } = await withSchemaEngine({
      databaseUrl: options.databaseUrl,
      shadowDatabaseUrl: shadow.href,
      work: (engine) =>
        engine.diff({
          from: { tag: "migrations", ...migrationsList },
          to: { tag: "schemaDatamodel", files: [{ path: options.schemaPath, content }] },
          script: true,
          exitCode: null,
          filters: SCHEMA_FILTER,
        }),
    });
    return stdout === null || stdout.trim() === "" || stdout.includes("This is an empty migration") ? undefined : stdout;
  } finally {
    await client.query(`DROP DATABASE IF EXISTS "${shadowName}" WITH (FORCE)`);
    await client.end();
  }
}
