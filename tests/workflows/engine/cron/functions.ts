import type { CreateFunctions } from "../client";

export const CRON_MARKER = "cron";

/** The embedded engine knows seconds, so its ticks come quickly; a real server's come once a minute. */
export const makeCreateFunctions =
  (cron: string): CreateFunctions =>
  ({ inngest, journal, worker }) => [
    inngest.createFunction({ id: "tick", triggers: [{ cron }] }, async ({ event, runId }) => {
      await journal.record({ marker: CRON_MARKER, what: "tick", details: { at: event.ts ?? 0, name: event.name, worker, runId } });
    }),
  ];
