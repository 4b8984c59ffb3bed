import { Inngest } from "inngest";
import { serve } from "inngest/edge";
import { describe, expect, it } from "vitest";
import { EngineError } from "../errors";
import { coversEvent, planFunction } from "./function-plan";
import { readFunctions } from "./read-functions";

type Options = Parameters<Inngest["createFunction"]>[0];

/** What the engine makes of a function as the SDK itself describes it. */
async function plan(options: Partial<Options>) {
  const inngest = new Inngest({ id: "app", isDev: true });
  const fn = inngest.createFunction({ id: "fn", triggers: [{ event: "a/b" }], ...options }, async () => undefined);
  return readFunctions({ handler: serve({ client: inngest, functions: [fn] }) });
}

describe("functions as the SDK registers them", () => {
  it("are read with their limits, keys and times", async () => {
    const { appId, plans } = await plan({
      retries: 2,
      concurrency: [{ limit: 3, key: "event.data.a" }, { limit: 9, scope: "account" }],
      cancelOn: [{ event: "a/stop", match: "data.id", timeout: "1h" }],
      timeouts: { start: "10s", finish: "2m" },
      triggers: [{ event: "a/b", if: "event.data.x == 1" }, { cron: "TZ=Europe/Paris 0 9 * * *" }],
      onFailure: async () => undefined,
    });
    expect(appId).toBe("app");
    expect(plans.map((each) => each.id)).toEqual(["app-fn", "app-fn-failure"]);
    expect(plans[0]).toMatchObject({ maxAttempts: 3, startMs: 10_000, finishMs: 120_000 });
    expect(plans[0]?.concurrency.map(({ limit, scope }) => [limit, scope])).toEqual([
      [3, "fn"],
      [9, "account"],
    ]);
    expect(plans[0]?.cancelOn[0]).toMatchObject({ event: "a/stop", withinMs: 3_600_000 });
    expect(plans[0]?.crons[0]?.schedule.timeZone).toBe("Europe/Paris");
    expect(plans[1]?.triggers[0]?.event).toBe("inngest/function.failed");
  });

  it("have three retries unless they say otherwise", async () => {
    const { plans } = await plan({});
    expect(plans[0]?.maxAttempts).toBe(4);
  });

  const refused: [string, Partial<Options>][] = [
    ["batchEvents", { batchEvents: { maxSize: 5, timeout: "5s" } }],
    ["debounce", { debounce: { period: "5s" } }],
    ["throttle", { throttle: { limit: 1, period: "5s" } }],
    ["rateLimit", { rateLimit: { limit: 1, period: "5s" } }],
    ["singleton", { singleton: { mode: "skip" } }],
    ["concurrency key", { concurrency: { limit: 1, key: "size(event.data.a)" } }],
    ["concurrency", { concurrency: { limit: 1.5 } }],
    ["cancelOn", { cancelOn: [{ event: "a/stop", if: "async.data.a.contains('x')" }] }],
    ["trigger's if", { triggers: [{ event: "a/b", if: "event.data.n % 2 == 0" }] }],
    ["idempotency", { idempotency: "event.data.a | 1" }],
    ["priority", { priority: { run: "max(1, 2)" } }],
    ["timeouts.start", { timeouts: { start: "" } }],
    ["cron", { triggers: [{ cron: "every day" }] }],
  ];
  it.each(refused)("are refused by name for %s", async (option, options) => {
    const refusal = plan(options);
    await expect(refusal).rejects.toThrow(EngineError);
    await expect(refusal).rejects.toThrow("function app-fn");
    await expect(refusal).rejects.toThrow(option);
  });

  it("are refused when they cannot be read at all", () => {
    expect(() => planFunction({ appId: "app", raw: { id: "odd", triggers: "none", steps: {} } })).toThrow('function odd: option "triggers"');
    expect(() => planFunction({ appId: "app", raw: null })).toThrow("without an id");
  });

  it("are refused with the handler's own words when it does not list them", async () => {
    const handler = async () => new Response("no entry", { status: 401 });
    await expect(readFunctions({ handler })).rejects.toThrow("401: no entry");
  });
});

describe("event names of triggers", () => {
  it("match exactly, or by a star at the end", () => {
    expect(coversEvent({ pattern: "a/b", name: "a/b" })).toBe(true);
    expect(coversEvent({ pattern: "a/b", name: "a/b.c" })).toBe(false);
    expect(coversEvent({ pattern: "a/*", name: "a/b.c" })).toBe(true);
    expect(coversEvent({ pattern: "a/*", name: "b/c" })).toBe(false);
  });
});
