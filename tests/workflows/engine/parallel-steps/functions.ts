import type { CreateFunctions } from "../client";
import { waitUntil } from "../journal";

export const createFunctions: CreateFunctions = ({ inngest, journal }) => [
  // Each of the two steps ends only when it sees that the other has begun: one after the other they would never end.
  inngest.createFunction({ id: "meet", triggers: [{ event: "parallel/meet" }], retries: 0 }, async ({ event, step }) => {
    const { marker } = event.data;
    const meet = (mine: string, other: string) => async () => {
      await journal.record({ marker, what: mine });
      await waitUntil({
        about: `step ${other}`,
        look: async () => (await journal.count({ marker, what: other })) > 0,
      });
      return mine;
    };
    const met = await Promise.all([step.run("left", meet("left", "right")), step.run("right", meet("right", "left"))]);
    const after = await step.run("after", async () => {
      await journal.record({ marker, what: "after" });
      return "after";
    });
    await journal.record({ marker, what: "done", details: { met, after } });
  }),

  // Two chains of different length, a sleep beside them, and a join.
  inngest.createFunction({ id: "chains", triggers: [{ event: "parallel/chains" }], retries: 0 }, async ({ event, step }) => {
    const { marker } = event.data;
    const note = (what: string) => async () => {
      await journal.record({ marker, what });
      return what;
    };
    const long = async () => {
      const one = await step.run("long-1", note("long-1"));
      const two = await step.run("long-2", note("long-2"));
      return [one, two, await step.run("long-3", note("long-3"))];
    };
    const joined = await Promise.all([long(), step.run("short", note("short")), step.sleep("nap", 1_000)]);
    await journal.record({ marker, what: "done", details: { joined } });
  }),

  inngest.createFunction({ id: "one-fails", triggers: [{ event: "parallel/one-fails" }], retries: 0 }, async ({ event, step }) => {
    const { marker } = event.data;
    const results = await Promise.allSettled([
      step.run("good", async () => {
        await journal.record({ marker, what: "good" });
        return "fine";
      }),
      step.run("bad", async () => {
        await journal.record({ marker, what: "bad" });
        throw new Error("bad luck");
      }),
    ]);
    await journal.record({ marker, what: "done", details: { statuses: results.map((result) => result.status) } });
  }),

  inngest.createFunction({ id: "fan-out", triggers: [{ event: "parallel/fan-out" }], retries: 0 }, async ({ event, step }) => {
    const { marker } = event.data;
    const numbers = Array.from({ length: 12 }, (_, index) => index);
    const squares = await Promise.all(
      numbers.map((number) =>
        step.run(`square-${number}`, async () => {
          await journal.record({ marker, what: `square-${number}` });
          return number * number;
        }),
      ),
    );
    await journal.record({ marker, what: "done", details: { sum: squares.reduce((sum, square) => sum + square, 0) } });
  }),
];
