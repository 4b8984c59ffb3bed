/** The Inngest client: bound to the embedded engine or to an Inngest server, and no function knows which. */
import { Inngest } from "inngest";
import type pg from "pg";
import { createEngineFetch } from "~/engine";
import { adaptLogger, type LineWriter } from "./adapt-logger";
import type { WorkflowEvent } from "./events";

export interface InngestServer {
  /** Undefined: Inngest Cloud. */
  baseUrl: string | undefined;
  eventKey: string;
  signingKey: string;
}

export interface CreateInngestOptions {
  /** Writes events here when no server is given. */
  pool: pg.Pool;
  /** A self-hosted server or the cloud; undefined: the embedded engine. */
  server: InngestServer | undefined;
  /** Gets what the SDK has to say. Without it, as in tests, that goes to the console. */
  logger?: LineWriter;
}

export type SlipwayInngest = Inngest<{ id: "slipway" }>;

export function createInngest({ pool, server, logger }: CreateInngestOptions): SlipwayInngest {
  const logging = logger === undefined ? {} : { logger: adaptLogger({ logger }) };
  if (server === undefined) return new Inngest({ id: "slipway", isDev: true, eventKey: "embedded", fetch: createEngineFetch({ pool }), ...logging });
  return new Inngest({ id: "slipway", isDev: false, baseUrl: server.baseUrl, eventKey: server.eventKey, signingKey: server.signingKey, ...logging });
}

/** Sends events that the outbox decided; their ids make a repeated send harmless. */
export async function sendWorkflowEvents(options: { inngest: SlipwayInngest; events: readonly WorkflowEvent[] }): Promise<void> {
  await options.inngest.send(options.events.map(({ id, name, data }) => ({ id, name, data })));
}
