import type { CreateFunctions } from "../client";
import { waitUntil } from "../journal";

/** A step cannot ask the database while it is gone, so the test opens this gate by hand. */
export const gate = { open: false };

export const createFunctions: CreateFunctions = ({ inngest, journal }) => [
  inngest.createFunction({ id: "survivor", triggers: [{ event: "restart/start" }], retries: 0 }, async ({ event, step }) => {
    const { marker } = event.data;
    await step.run("first", () => journal.record({ marker, what: "first" }));
    const kept = await step.run("through", async () => {
      await journal.record({ marker, what: "through" });
      await waitUntil({ about: "the gate", look: async () => gate.open });
      return "kept";
    });
    await step.sleep("nap", "1s");
    await step.run("last", () => journal.record({ marker, what: "last", details: { kept } }));
  }),
  inngest.createFunction({ id: "newcomer", triggers: [{ event: "restart/later" }] }, async ({ event }) => {
    await journal.record({ marker: event.data.marker, what: "came" });
  }),
];
