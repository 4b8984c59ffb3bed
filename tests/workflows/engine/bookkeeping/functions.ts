import type { CreateFunctions } from "../client";
import { waitUntil } from "../journal";

export const createFunctions: CreateFunctions = ({ inngest, journal }) => [
  inngest.createFunction({ id: "hold", triggers: [{ event: "books/hold" }], retries: 0 }, async ({ event, step }) => {
    const { marker } = event.data;
    await step.run("hold", async () => {
      await journal.record({ marker, what: "holding" });
      await waitUntil({ about: "the release", look: async () => (await journal.count({ marker, what: "release" })) > 0 });
    });
    await step.sleep("nap", event.data.nap);
  }),
  inngest.createFunction({ id: "retry", triggers: [{ event: "books/retry" }], retries: 1 }, async ({ event }) => {
    await journal.record({ marker: event.data.marker, what: "tried" });
    throw new Error("later");
  }),
];
