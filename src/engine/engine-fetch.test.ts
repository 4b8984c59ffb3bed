import { Inngest } from "inngest";
import { describe, expect, it } from "vitest";
import { createEngine } from "./engine";
import { createEngineFetch } from "./engine-fetch";

/** Stands for a connection and keeps what it was asked. */
function recordQueries() {
  const queries: unknown[][] = [];
  return { queries, sql: { query: async (_text: string, values: unknown[] = []) => queries.push(values) } };
}

describe("the client's fetch", () => {
  it("hands what inngest.send() sends to the database, with ids filled in", async () => {
    const { queries, sql } = recordQueries();
    const inngest = new Inngest({ id: "app", isDev: true, fetch: createEngineFetch({ pool: sql }) });
    const { ids } = await inngest.send([{ name: "a/b", data: { x: 1 } }, { id: "mine", name: "a/c" }]);
    expect(ids[1]).toBe("mine");
    expect(queries).toHaveLength(1);
    expect(queries[0]?.[0]).toEqual(ids);
    expect(queries[0]?.[1]).toEqual(["a/b", "a/c"]);
  });

  it("gives the same ids when the same request is repeated", async () => {
    const { queries, sql } = recordQueries();
    const send = createEngineFetch({ pool: sql });
    const request = { method: "POST", body: JSON.stringify([{ name: "a/b", ts: 5 }]), headers: { "x-inngest-event-id-seed": "5,abc" } };
    await send("http://x.invalid/e/key", request);
    await send("http://x.invalid/e/key", request);
    expect(queries[0]?.[0]).toEqual(queries[1]?.[0]);
  });

  it("refuses what is not an event, and everything but events", async () => {
    const { queries, sql } = recordQueries();
    const send = createEngineFetch({ pool: sql });
    const bad = await send("http://x.invalid/e/key", { method: "POST", body: JSON.stringify([{ data: {} }]) });
    expect([bad.status, await bad.text()]).toEqual([400, expect.stringContaining("name")]);
    const other = await send("http://x.invalid/v1/signals", { method: "POST", body: "{}" });
    expect([other.status, await other.text()]).toEqual([404, expect.stringContaining("/v1/signals")]);
    expect(queries).toHaveLength(0);
  });
});

describe("createEngine", () => {
  const handler = async () => new Response();
  it("says what is missing or makes no sense", () => {
    expect(() => createEngine({ handler, workerId: "w" })).toThrow("databaseUrl and pool are both missing");
    expect(() => createEngine({ handler, workerId: "w", databaseUrl: "postgres://x", concurrency: 0 })).toThrow("concurrency");
  });
});
