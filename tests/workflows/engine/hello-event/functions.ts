import type { CreateFunctions } from "../client";

export const createFunctions: CreateFunctions = ({ inngest, journal }) => [
  inngest.createFunction({ id: "greet", triggers: [{ event: "hello/said" }] }, async ({ event, runId }) => {
    await journal.record({ marker: event.data.marker, what: "greeted", details: { name: event.data.name, runId } });
  }),
  inngest.createFunction(
    { id: "greet-loud", triggers: [{ event: "hello/said", if: "event.data.name == 'Ada' && event.data.volume > 3" }, { event: "hello/shouted" }] },
    async ({ event }) => {
      await journal.record({ marker: event.data.marker, what: `loud ${event.name}` });
    },
  ),
];
