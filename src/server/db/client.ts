/**
 * One Prisma client and one plain pool per process. The pages are bundled apart from the server they run in, so both
 * copies of this module find each other through `globalThis`.
 */
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient, type Prisma } from "./generated/client";

export type Db = PrismaClient;
/** A Prisma client inside a transaction. */
export type Tx = Prisma.TransactionClient;

export interface Database {
  db: Db;
  /** For the hot paths that plain SQL serves better: log chunks, claims, counters. */
  pool: pg.Pool;
  url: string;
  close(): Promise<void>;
}

export interface OpenDatabaseOptions {
  url: string;
  /** Connections of each of the two pools; default 10. */
  poolSize?: number;
  onError?: (error: Error) => void;
}

/**
 * How long a transaction may wait for a connection, and take, ms. Prisma's own 2 s and 5 s are soon over on a busy machine,
 * and who waited is then refused for nothing.
 */
const TRANSACTION = { maxWait: 10_000, timeout: 15_000 };

/** Opens the pools lazily: no connection is made until the first query. */
export function openDatabase(options: OpenDatabaseOptions): Database {
  const max = options.poolSize ?? 10;
  const pool = new pg.Pool({ connectionString: options.url, max, idleTimeoutMillis: 30_000 });
  // An idle connection that the server drops must not end the process; the next query opens a new one.
  pool.on("error", (error) => options.onError?.(error));
  const adapter = new PrismaPg({ connectionString: options.url, max }, { onPoolError: (error) => options.onError?.(error) });
  const db = new PrismaClient({ adapter, transactionOptions: TRANSACTION });
  return {
    db,
    pool,
    url: options.url,
    close: async () => {
      await db.$disconnect();
      await pool.end();
    },
  };
}
