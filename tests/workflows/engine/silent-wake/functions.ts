import type { CreateFunctions } from "../client";

export const createFunctions: CreateFunctions = ({ inngest, journal }) => [
  inngest.createFunction({ id: "note", triggers: [{ event: "silent/sent" }] }, async ({ event }) => {
    await journal.record({ marker: event.data.marker, what: "noted" });
  }),
];
