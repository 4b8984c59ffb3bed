/** Decides a workflow event within a transaction; the dispatcher delivers it afterwards, however often that takes. */
import { encodeNotice, BUS_CHANNEL } from "../../realtime/bus";
import type { Tx } from "../../db/client";

export interface EnqueueEventOptions {
  tx: Tx;
  /** Also the id under which the workflow engine knows it: a second event with it is ignored there. */
  id: string;
  name: string;
  data: Record<string, string>;
}

export async function enqueueEvent(options: EnqueueEventOptions): Promise<void> {
  const { tx, id, name, data } = options;
  await tx.outboxEvent.create({ data: { id, name, payload: data } });
  await tx.$executeRaw`SELECT pg_notify(${BUS_CHANNEL}, ${encodeNotice("outbox", "")})`;
}
