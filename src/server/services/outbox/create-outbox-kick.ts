/** Dispatches the outbox in the background, one run at a time; a kick during a run makes one more. */
import type { Database } from "../../db/client";
import type { Logger } from "../context";
import type { WorkflowEvent } from "~/inngest/events";
import { dispatchOutbox } from "./dispatch-outbox";

export interface CreateOutboxKickOptions {
  database: Database;
  send: (events: readonly WorkflowEvent[]) => Promise<void>;
  logger: Logger;
}

export function createOutboxKick({ database, send, logger }: CreateOutboxKickOptions): () => void {
  let running = false;
  let again = false;
  const run = async () => {
    running = true;
    do {
      again = false;
      try {
        await dispatchOutbox({ database, send, logger });
      } catch (error) {
        // The events stay waiting; the worker's sweep tries them again.
        logger.warn({ error: String(error) }, "workflow events could not be sent yet");
      }
    } while (again);
    running = false;
  };
  return () => {
    again = true;
    if (!running) void run();
  };
}
