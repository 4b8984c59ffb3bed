import type { CreateFunctions } from "../client";
import { waitUntil } from "../journal";

export const createFunctions: CreateFunctions = ({ inngest, journal }) => [
  inngest.createFunction(
    {
      id: "build",
      triggers: [{ event: "cancel/build" }],
      cancelOn: [{ event: "cancel/cancelled", match: "data.marker" }],
      concurrency: { limit: 1, key: "event.data.lane" },
    },
    async ({ event, step, runId }) => {
      const { marker, sleep } = event.data;
      await step.run("work", async () => {
        await journal.record({ marker, what: "working", details: { runId } });
        if (event.data.hold) {
          await waitUntil({ about: "the release", look: async () => (await journal.count({ marker, what: "release" })) > 0 });
        }
        await journal.record({ marker, what: "worked" });
      });
      if (sleep) await step.sleep("nap", sleep);
      await step.run("finish", () => journal.record({ marker, what: "finished" }));
    },
  ),
  inngest.createFunction(
    { id: "restart", triggers: [{ event: "cancel/restart" }], cancelOn: [{ event: "cancel/restart", match: "data.lane" }] },
    async ({ event, step }) => {
      const { marker } = event.data;
      await step.run("begin", () => journal.record({ marker, what: "begun" }));
      await step.sleep("nap", event.data.nap);
      await step.run("finish", () => journal.record({ marker, what: "finished" }));
    },
  ),
  inngest.createFunction({ id: "cancelled", triggers: [{ event: "inngest/function.cancelled" }] }, async ({ event }) => {
    const cancelled = event.data as { event?: { data?: { marker?: string } }; run_id?: string };
    await journal.record({ marker: cancelled.event?.data?.marker ?? "", what: "cancelled", details: { runId: cancelled.run_id ?? "" } });
  }),
];
