import { NonRetriableError } from "inngest";
import type { CreateFunctions, FailureArgs } from "../client";

export const createFunctions: CreateFunctions = ({ inngest, journal }) => {
  const onFailure = async ({ event, error }: FailureArgs) => {
    await journal.record({ marker: event.data.event.data.marker ?? "", what: "failed", details: { message: error.message } });
  };
  return [
    inngest.createFunction({ id: "in-step", triggers: [{ event: "final/step" }], retries: 5, onFailure }, async ({ event, step }) => {
      const { marker } = event.data;
      await step.run("once", async () => {
        await journal.record({ marker, what: "tried" });
        throw new NonRetriableError("not again");
      });
      await journal.record({ marker, what: "went on" });
    }),
    inngest.createFunction({ id: "in-body", triggers: [{ event: "final/body" }], retries: 5, onFailure }, async ({ event }) => {
      await journal.record({ marker: event.data.marker, what: "tried" });
      throw new NonRetriableError("not at all");
    }),
  ];
};
