import type { CreateFunctions } from "../client";

export const createFunctions: CreateFunctions = ({ inngest, journal }) => [
  inngest.createFunction(
    { id: "queued", triggers: [{ event: "priority/start" }], priority: { run: "event.data.plan == 'gold' ? 120 : 0" } },
    async ({ event }) => {
      await journal.record({ marker: event.data.marker, what: event.data.name });
    },
  ),
];
