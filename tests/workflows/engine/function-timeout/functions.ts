import type { CreateFunctions } from "../client";
import { waitUntil } from "../journal";

export const createFunctions: CreateFunctions = ({ inngest, journal }) => [
  inngest.createFunction({ id: "slow", triggers: [{ event: "timeout/slow" }], timeouts: { finish: "1s" } }, async ({ event, step }) => {
    const { marker, nap } = event.data;
    await step.run("begin", () => journal.record({ marker, what: "begun" }));
    if (nap) await step.sleep("nap", nap);
    await step.run("finish", () => journal.record({ marker, what: "finished" }));
  }),
  inngest.createFunction(
    {
      id: "late",
      triggers: [{ event: "timeout/late" }],
      timeouts: { start: "1s" },
      concurrency: { limit: 1, key: "event.data.lane" },
    },
    async ({ event, step }) => {
      const { marker } = event.data;
      await step.run("begin", async () => {
        await journal.record({ marker, what: "begun" });
        if (event.data.hold) {
          await waitUntil({ about: "the release", look: async () => (await journal.count({ marker, what: "release" })) > 0 });
        }
        await journal.record({ marker, what: "finished" });
      });
    },
  ),
  inngest.createFunction({ id: "cancelled", triggers: [{ event: "inngest/function.cancelled" }] }, async ({ event }) => {
    const cancelled = event.data as { event?: { data?: { marker?: string } } };
    await journal.record({ marker: cancelled.event?.data?.marker ?? "", what: "cancelled" });
  }),
];
