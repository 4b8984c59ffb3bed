import type { CreateFunctions } from "../client";

export const createFunctions: CreateFunctions = ({ inngest, journal }) => [
  inngest.createFunction({ id: "nap", triggers: [{ event: "sleep/nap" }] }, async ({ event, step }) => {
    const { marker } = event.data;
    await step.run("before", () => journal.record({ marker, what: "before" }));
    await step.sleep("nap", "1s");
    await step.run("after", () => journal.record({ marker, what: "after" }));
  }),
  inngest.createFunction({ id: "until", triggers: [{ event: "sleep/until" }] }, async ({ event, step }) => {
    const { marker, at } = event.data;
    await step.sleepUntil("alarm", new Date(at));
    await step.run("after", () => journal.record({ marker, what: "after" }));
  }),
];
