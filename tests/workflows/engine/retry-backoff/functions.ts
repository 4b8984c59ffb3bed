import type { CreateFunctions } from "../client";

export const createFunctions: CreateFunctions = ({ inngest, journal }) => [
  inngest.createFunction({ id: "flaky-step", triggers: [{ event: "retry/step" }], retries: 3 }, async ({ event, step, attempt }) => {
    const { marker, failures } = event.data;
    await step.run("steady", () => journal.record({ marker, what: "steady" }));
    const won = await step.run("flaky", async () => {
      await journal.record({ marker, what: "tried", details: { attempt } });
      if (attempt < failures) throw new Error(`attempt ${attempt} fails`);
      return attempt;
    });
    await step.run("fresh", () => journal.record({ marker, what: "fresh" }));
    await journal.record({ marker, what: "done", details: { won, attempt } });
  }),
  inngest.createFunction({ id: "flaky-body", triggers: [{ event: "retry/body" }], retries: 2 }, async ({ event, attempt }) => {
    await journal.record({ marker: event.data.marker, what: "tried", details: { attempt } });
    if (attempt < 2) throw new Error(`attempt ${attempt} fails`);
  }),
  inngest.createFunction({ id: "caught", triggers: [{ event: "retry/caught" }], retries: 1 }, async ({ event, step }) => {
    const { marker } = event.data;
    const why = await step
      .run("hopeless", async () => {
        await journal.record({ marker, what: "tried" });
        throw new TypeError("hopeless");
      })
      .catch((cause: Error) => `${cause.name}: ${cause.message}`);
    await step.run("repair", () => journal.record({ marker, what: "repaired", details: { why } }));
  }),
];
