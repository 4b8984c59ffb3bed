import type { CreateFunctions } from "../client";

export const createFunctions: CreateFunctions = ({ inngest, journal }) => [
  inngest.createFunction({ id: "count", triggers: [{ event: "once/sent" }] }, async ({ event }) => {
    await journal.record({ marker: event.data.marker, what: "ran", details: { number: event.data.number } });
  }),
  inngest.createFunction(
    { id: "per-cart", triggers: [{ event: "once/cart" }], idempotency: "event.data.shop + '/' + event.data.cart" },
    async ({ event }) => {
      await journal.record({ marker: event.data.marker, what: `cart ${event.data.cart}` });
    },
  ),
  // Comes after everything sent before it, with time for what should not have been started to show itself.
  inngest.createFunction({ id: "sentinel", triggers: [{ event: "once/sentinel" }] }, async ({ event, step }) => {
    await step.sleep("a moment", "1s");
    await journal.record({ marker: event.data.marker, what: "sentinel" });
  }),
];
