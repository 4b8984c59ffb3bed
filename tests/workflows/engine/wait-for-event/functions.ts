import type { CreateFunctions, FailureArgs } from "../client";

export const createFunctions: CreateFunctions = ({ inngest, journal }) => [
  inngest.createFunction({ id: "waiter", triggers: [{ event: "wait/start" }] }, async ({ event, step }) => {
    const { marker } = event.data;
    await step.run("ready", () => journal.record({ marker, what: "ready" }));
    const answer = await step.waitForEvent("answer", { event: "wait/answered", match: "data.marker", timeout: "2m" });
    await journal.record({ marker, what: "answered", details: { word: answer?.data.word ?? null } });
  }),
  inngest.createFunction({ id: "picky", triggers: [{ event: "wait/picky" }] }, async ({ event, step }) => {
    const { marker } = event.data;
    await step.run("ready", () => journal.record({ marker, what: "ready" }));
    const answer = await step.waitForEvent("answer", {
      event: "wait/answered",
      timeout: "2m",
      if: "event.data.marker == async.data.marker && (async.data.word != 'no' || async.data.force == true)",
    });
    await journal.record({ marker, what: "answered", details: { word: answer?.data.word ?? null } });
  }),
  inngest.createFunction({ id: "impatient", triggers: [{ event: "wait/impatient" }] }, async ({ event, step }) => {
    const { marker } = event.data;
    const answer = await step.waitForEvent("answer", { event: "wait/answered", match: "data.marker", timeout: "1s" });
    await journal.record({ marker, what: "answered", details: { word: answer === null ? "nobody came" : answer.data.word } });
  }),
  inngest.createFunction(
    {
      id: "odd",
      triggers: [{ event: "wait/odd" }],
      retries: 0,
      onFailure: async ({ event, error }: FailureArgs) => {
        await journal.record({ marker: event.data.event.data.marker ?? "", what: "refused", details: { message: error.message } });
      },
    },
    async ({ step }) => {
      await step.waitForEvent("answer", { event: "wait/answered", if: "async.data.word.startsWith('x')", timeout: "1m" });
    },
  ),
];
