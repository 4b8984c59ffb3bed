import { RetryAfterError } from "inngest";
import type { CreateFunctions } from "../client";

export const createFunctions: CreateFunctions = ({ inngest, journal }) => [
  inngest.createFunction({ id: "busy-step", triggers: [{ event: "after/step" }], retries: 2 }, async ({ event, step, attempt }) => {
    await step.run("ask", async () => {
      await journal.record({ marker: event.data.marker, what: "tried" });
      if (attempt === 0) throw new RetryAfterError("busy", 2_000);
    });
  }),
  inngest.createFunction({ id: "busy-body", triggers: [{ event: "after/body" }], retries: 2 }, async ({ event, attempt }) => {
    await journal.record({ marker: event.data.marker, what: "tried" });
    if (attempt === 0) throw new RetryAfterError("busy", new Date(Date.now() + 2_000));
  }),
];
