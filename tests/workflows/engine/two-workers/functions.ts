import type { CreateFunctions } from "../client";
import { waitUntil } from "../journal";

export const createFunctions: CreateFunctions = ({ inngest, journal, worker }) => [
  inngest.createFunction({ id: "many", triggers: [{ event: "two/many" }], retries: 0 }, async ({ event, step }) => {
    const { marker, number } = event.data;
    const note = (what: string) => () => journal.record({ marker, what, details: { worker } });
    await step.run("one", note(`one ${number}`));
    await Promise.all([step.run("two", note(`two ${number}`)), step.run("three", note(`three ${number}`))]);
    await step.run("end", () => journal.record({ marker, what: "end" }));
  }),
  inngest.createFunction({ id: "contested", triggers: [{ event: "two/contested" }], retries: 0 }, async ({ event, step }) => {
    const { marker } = event.data;
    const winner = await step.run("hold", async () => {
      await journal.record({ marker, what: "holding", details: { worker } });
      const place = await journal.count({ marker, what: "holding" });
      await waitUntil({
        about: `the release of holder ${place}`,
        look: async () => (await journal.count({ marker, what: `release ${place}` })) > 0,
      });
      return worker;
    });
    await step.run("after", () => journal.record({ marker, what: "after", details: { winner } }));
  }),
];
