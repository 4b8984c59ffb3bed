import type { CreateFunctions } from "../client";
import { waitUntil } from "../journal";

export const createFunctions: CreateFunctions = ({ inngest, journal, worker }) => [
  inngest.createFunction({ id: "long", triggers: [{ event: "killed/start" }], retries: 0 }, async ({ event, step }) => {
    const { marker } = event.data;
    const first = await step.run("first", async () => {
      await journal.record({ marker, what: "first", details: { worker } });
      return worker;
    });
    const pair = await Promise.all([
      step.run("quick", async () => {
        await journal.record({ marker, what: "quick", details: { worker } });
        return worker;
      }),
      step.run("slow", async () => {
        await journal.record({ marker, what: "slow", details: { worker } });
        // The first to come here never gets further: it is killed while it holds on.
        if (worker === event.data.victim) await waitUntil({ about: "the end", withinMs: 120_000, look: async () => undefined });
        return worker;
      }),
    ]);
    await step.run("last", () => journal.record({ marker, what: "last", details: { first, pair } }));
  }),
  inngest.createFunction(
    {
      id: "deadly",
      triggers: [{ event: "killed/deadly" }],
      retries: 3,
      onFailure: async ({ event, error }: { event: { data: { event: { data: Record<string, string> } } }; error: Error }) => {
        await journal.record({ marker: event.data.event.data.marker ?? "", what: "failed", details: { message: error.message } });
      },
    },
    async ({ event, step }) => {
      await step.run("die", async () => {
        await journal.record({ marker: event.data.marker, what: "dying", details: { worker } });
        // Only ever a process that was started to die.
        if (worker.startsWith("deadly")) process.kill(process.pid, "SIGKILL");
      });
    },
  ),
];
