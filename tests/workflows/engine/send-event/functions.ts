import type { CreateFunctions } from "../client";

export const createFunctions: CreateFunctions = ({ inngest, journal }) => [
  inngest.createFunction({ id: "sender", triggers: [{ event: "send/start" }] }, async ({ event, step }) => {
    const { marker } = event.data;
    const sent = await step.sendEvent("tell", [
      { name: "send/told", data: { marker, to: "one" } },
      { name: "send/told", data: { marker, to: "two" } },
    ]);
    await step.run("sent", () => journal.record({ marker, what: "sent", details: { ids: sent.ids } }));
  }),
  inngest.createFunction({ id: "receiver", triggers: [{ event: "send/told" }] }, async ({ event }) => {
    await journal.record({ marker: event.data.marker, what: "told", details: { to: event.data.to, id: event.id } });
  }),
];
