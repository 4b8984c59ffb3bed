import type { CreateFunctions } from "../client";

export const keptFunctions: CreateFunctions = ({ inngest, journal }) => [
  inngest.createFunction({ id: "kept", triggers: [{ event: "register/sent" }] }, async ({ event }) => {
    await journal.record({ marker: event.data.marker, what: "kept" });
  }),
];

export const createFunctions: CreateFunctions = (tools) => [
  ...keptFunctions(tools),
  tools.inngest.createFunction({ id: "dropped", triggers: [{ event: "register/sent" }] }, async ({ event }) => {
    await tools.journal.record({ marker: event.data.marker, what: "dropped" });
  }),
];

export const unsupportedFunctions: CreateFunctions = ({ inngest }) => [
  inngest.createFunction(
    { id: "batched", triggers: [{ event: "register/sent" }], batchEvents: { maxSize: 10, timeout: "5s" } },
    async () => undefined,
  ),
];
