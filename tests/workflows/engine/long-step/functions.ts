import type { CreateFunctions } from "../client";
import { waitUntil } from "../journal";

export const createFunctions: CreateFunctions = ({ inngest, journal, worker }) => [
  inngest.createFunction({ id: "long", triggers: [{ event: "long/start" }], retries: 0 }, async ({ event, step }) => {
    const { marker } = event.data;
    await step.run("long", async () => {
      await journal.record({ marker, what: "begun", details: { worker } });
      await waitUntil({ about: "the release", look: async () => (await journal.count({ marker, what: "release" })) > 0 });
    });
    await step.run("after", () => journal.record({ marker, what: "after" }));
  }),
];
