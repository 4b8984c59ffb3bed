import { NonRetriableError } from "inngest";
import type { CreateFunctions } from "../client";

export const createFunctions: CreateFunctions = ({ inngest, journal }) => {
  const double = inngest.createFunction({ id: "double", triggers: [{ event: "invoke/never-sent" }] }, async ({ event, step }) => {
    await journal.record({ marker: event.data.marker, what: "doubling", details: { name: event.name } });
    return step.run("double", () => event.data.number * 2);
  });
  const refuse = inngest.createFunction({ id: "refuse", triggers: [], retries: 0 }, async () => {
    throw new NonRetriableError("I would rather not");
  });
  const dawdle = inngest.createFunction({ id: "dawdle", triggers: [] }, async ({ step }) => {
    await step.sleep("long", "1h");
  });
  return [
    double,
    refuse,
    dawdle,
    inngest.createFunction({ id: "caller", triggers: [{ event: "invoke/start" }] }, async ({ event, step }) => {
      const { marker } = event.data;
      const [two, six] = await Promise.all([
        step.invoke("one", { function: double, data: { marker, number: 1 } }),
        step.invoke("three", { function: double, data: { marker, number: 3 } }),
      ]);
      await journal.record({ marker, what: "done", details: { two, six } });
    }),
    inngest.createFunction({ id: "catcher", triggers: [{ event: "invoke/refused" }], retries: 0 }, async ({ event, step }) => {
      const { marker } = event.data;
      const why = await step.invoke("refuse", { function: refuse }).catch((cause: Error) => cause.message);
      await journal.record({ marker, what: "done", details: { why } });
    }),
    inngest.createFunction({ id: "hasty", triggers: [{ event: "invoke/hasty" }], retries: 0 }, async ({ event, step }) => {
      const { marker } = event.data;
      const why = await step.invoke("dawdle", { function: dawdle, timeout: "1s" }).catch((cause: Error) => `error: ${cause.message}`);
      await journal.record({ marker, what: "done", details: { why } });
    }),
  ];
};
