/**
 * Delivers waiting workflow events, oldest first. Several processes may do it at once: rows are taken with SKIP LOCKED,
 * and the workflow engine ignores an event id that it has seen, so a crash between sending and marking loses nothing
 * and starts nothing twice.
 */
import { z } from "zod";
import type { WorkflowEvent } from "~/inngest/events";
import { recordDelivery } from "~/telemetry/build-trace";
import type { Database } from "../../db/client";
import type { Logger } from "../context";

export interface DispatchOutboxOptions {
  database: Database;
  send: (events: readonly WorkflowEvent[]) => Promise<void>;
  logger?: Pick<Logger, "info">;
}

const BATCH = 100;
const payload = z.record(z.string(), z.string());

/** Sends until nothing waits; answers how many were sent. Throws when sending fails: the events stay waiting. */
export async function dispatchOutbox(options: DispatchOutboxOptions): Promise<number> {
  let sent = 0;
  for (;;) {
    const batch = await dispatchBatch(options);
    sent += batch;
    if (batch < BATCH) return sent;
  }
}

interface WaitingRow {
  id: string;
  name: string;
  payload: unknown;
  created_at: Date;
}

async function dispatchBatch({ database, send, logger }: DispatchOutboxOptions): Promise<number> {
  const client = await database.pool.connect();
  try {
    await client.query("BEGIN");
    const { rows } = await client.query<WaitingRow>(
      `SELECT id, name, payload, created_at FROM outbox_event WHERE delivered_at IS NULL
       ORDER BY created_at, id LIMIT $1 FOR UPDATE SKIP LOCKED`,
      [BATCH],
    );
    if (rows.length > 0) {
      await send(rows.map((row) => ({ id: row.id, name: row.name, data: payload.parse(row.payload) })));
      await client.query("UPDATE outbox_event SET delivered_at = now(), attempts = attempts + 1 WHERE id = ANY($1)", [rows.map((row) => row.id)]);
    }
    await client.query("COMMIT");
    for (const row of rows) tellDelivery({ row, logger });
    return rows.length;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

function tellDelivery({ row, logger }: { row: WaitingRow; logger: DispatchOutboxOptions["logger"] }): void {
  const data = payload.parse(row.payload);
  // Whoever dispatches also sends what others left: the line carries the ids of the event, not those of the work at hand.
  logger?.info({ event: row.name, buildId: data.buildId ?? null, requestId: data.requestId ?? null }, "workflow event sent");
  recordDelivery({ event: { id: row.id, name: row.name, traceparent: data.traceparent ?? null }, createdAt: row.created_at });
}
