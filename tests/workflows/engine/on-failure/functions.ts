import type { CreateFunctions, FailureArgs } from "../client";

export const createFunctions: CreateFunctions = ({ inngest, journal }) => [
  inngest.createFunction(
    {
      id: "doomed",
      triggers: [{ event: "failure/start" }],
      retries: 1,
      onFailure: async ({ event, error, step }: FailureArgs & { step: { run: (id: string, work: () => Promise<void>) => Promise<unknown> } }) => {
        const marker = event.data.event.data.marker ?? "";
        const details = { message: error.message, name: error.name, runId: event.data.run_id };
        await step.run("note", () => journal.record({ marker, what: "on failure", details }));
      },
    },
    async ({ event, step, runId }) => {
      const { marker } = event.data;
      await step.run("try", async () => {
        await journal.record({ marker, what: "tried", details: { runId } });
        if (event.data.fail) throw new RangeError("out of luck");
      });
      await step.run("finish", () => journal.record({ marker, what: "finished" }));
    },
  ),
];
