import { describe, expect, it } from "vitest";
import { EngineError } from "../errors";
import { readOutcome } from "./outcome";

const NOW = Date.parse("2025-01-01T00:00:00Z");
const read = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  readOutcome({ response: new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers }), nowMs: NOW });

describe("answers of the SDK", () => {
  it("200 is the result", async () => {
    expect(await read(200, { a: 1 })).toEqual({ kind: "completed", output: { a: 1 } });
    expect(await read(200, "")).toEqual({ kind: "completed", output: null });
  });

  it("206 is a list of operations, or a single one", async () => {
    const op = { id: "x", op: "StepRun", data: 1 };
    expect(await read(206, [op])).toMatchObject({ kind: "ops", ops: [op] });
    expect(await read(206, op)).toMatchObject({ kind: "ops", ops: [op] });
    await expect(read(206, [{ op: "StepRun" }])).rejects.toThrow(EngineError);
  });

  it("everything else is a failure, with the SDK's word on trying again", async () => {
    const error = { name: "TypeError", message: "oh", stack: "at x", code: "E1" };
    expect(await read(500, error)).toMatchObject({ kind: "failed", error, retry: { allowed: true, at: undefined } });
    expect(await read(400, error, { "x-inngest-no-retry": "true" })).toMatchObject({ retry: { allowed: false } });
    expect(await read(500, error, { "retry-after": "30" })).toMatchObject({ retry: { at: NOW + 30_000 } });
    expect(await read(500, error, { "retry-after": "2025-01-01T00:05:00.000Z" })).toMatchObject({ retry: { at: NOW + 300_000 } });
    expect(await read(500, error, { "retry-after": "whenever" })).toMatchObject({ retry: { at: undefined } });
  });

  it("gives a failure a message whatever its body is", async () => {
    expect(await read(502, "<html>")).toMatchObject({ error: { message: "<html>" } });
    expect(await read(500, { error: "Could not find step" })).toMatchObject({ error: { message: "Could not find step" } });
    expect(await read(503, "")).toMatchObject({ error: { message: "the function answered 503" } });
  });
});
