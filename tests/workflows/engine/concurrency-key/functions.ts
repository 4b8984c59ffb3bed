import type { CreateFunctions } from "../client";
import { waitUntil } from "../journal";

export const createFunctions: CreateFunctions = ({ inngest, journal }) => [
  // Takes turns within a lane; each lane waits for the other, so that two lanes must be under way together.
  inngest.createFunction(
    { id: "lane", triggers: [{ event: "lanes/start" }], concurrency: { limit: 1, key: "event.data.lane" }, retries: 0 },
    async ({ event, step }) => {
      const { marker, lane, number, meet } = event.data;
      await step.run("turn", async () => {
        await journal.record({ marker: lane, what: "in", details: { number } });
        await journal.record({ marker, what: `arrived ${number}` });
        if (meet) {
          await waitUntil({ about: "the other lane", look: async () => (await journal.count({ marker, what: `arrived ${meet}` })) > 0 });
        }
        await journal.record({ marker: lane, what: "out", details: { number } });
      });
      await journal.record({ marker, what: "done" });
    },
  ),
  // Two limits at once, one of them shared by the whole function.
  inngest.createFunction(
    {
      id: "shared",
      triggers: [{ event: "lanes/shared" }],
      concurrency: [{ limit: 2 }, { limit: 1, key: "event.data.lane", scope: "env" }],
      retries: 0,
    },
    async ({ event, step }) => {
      const { marker } = event.data;
      await step.run("turn", async () => {
        await journal.record({ marker, what: "in" });
        await new Promise((resolve) => setTimeout(resolve, 30));
        await journal.record({ marker, what: "out" });
      });
    },
  ),
];
