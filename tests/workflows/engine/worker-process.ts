/**
 * A worker in a process of its own, so that a test can kill it: `tsx worker-process.ts <scenario> <worker id> [lease ms]`
 * with DATABASE_URL set. Prints "ready" once it takes work.
 */
import { serve } from "inngest/edge";
import { Pool } from "pg";
import { createEngine } from "~/engine";
import { createEmbeddedClient, type CreateFunctions } from "./client";
import { openJournal } from "./journal";

const [scenario = "", worker = "", leaseMs = "15000"] = process.argv.slice(2);
const databaseUrl = process.env.DATABASE_URL ?? "";
const module: { createFunctions: CreateFunctions } = await import(`./${scenario}/functions.ts`);

const pool = new Pool({ connectionString: databaseUrl, max: 3 });
const journal = await openJournal({ pool });
const inngest = createEmbeddedClient({ id: `suite-${scenario}`, pool });
const engine = createEngine({
  databaseUrl,
  handler: serve({ client: inngest, functions: module.createFunctions({ inngest, journal, worker }) }),
  workerId: worker,
  leaseMs: Number(leaseMs),
  maxCrashes: 2,
});
await engine.start();
process.stdout.write("ready\n");
