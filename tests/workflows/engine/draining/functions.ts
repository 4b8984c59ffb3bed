import type { CreateFunctions } from "../client";
import { waitUntil } from "../journal";

export const createFunctions: CreateFunctions = ({ inngest, journal, worker }) => [
  inngest.createFunction({ id: "work", triggers: [{ event: "drain/start" }], retries: 0 }, async ({ event, step }) => {
    const { marker } = event.data;
    await step.run("long", async () => {
      await journal.record({ marker, what: "begun", details: { worker } });
      if (worker === "worker-1") {
        await waitUntil({ about: "the release", look: async () => (await journal.count({ marker, what: "release" })) > 0 });
      }
      await journal.record({ marker, what: "ended", details: { worker } });
    });
    await step.run("next", () => journal.record({ marker, what: "next", details: { worker } }));
  }),
];
