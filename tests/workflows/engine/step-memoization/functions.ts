import type { CreateFunctions } from "../client";

export const createFunctions: CreateFunctions = ({ inngest, journal }) => [
  inngest.createFunction({ id: "three-steps", triggers: [{ event: "memo/asked" }] }, async ({ event, step }) => {
    const { marker } = event.data;
    const first = await step.run("first", async () => {
      await journal.record({ marker, what: "first" });
      return { token: Math.random() };
    });
    const nothing = await step.run("nothing", async () => {
      await journal.record({ marker, what: "nothing" });
    });
    const last = await step.run("last", async () => {
      await journal.record({ marker, what: "last" });
      return `${first.token}`;
    });
    await journal.record({ marker, what: "done", details: { token: String(first.token), last, nothing: nothing ?? null } });
    return last;
  }),
];
