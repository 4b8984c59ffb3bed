import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import type { OutputChunk } from "../types";
import { pumpOutput, type OutputPump } from "./pump-output";

function start(options: { maxBytes?: number; onOutput?: (chunk: OutputChunk) => void | Promise<void> }) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const events: string[] = [];
  const pump: OutputPump = pumpOutput({
    stdout, stderr,
    maxBytes: options.maxBytes ?? 1_000,
    onOutput: options.onOutput ?? ((chunk) => void events.push(`${chunk.stream}:${Buffer.from(chunk.bytes).toString()}`)),
    onTooMuch: () => void events.push("too much"),
    onReaderFailed: () => void events.push("failed"),
  });
  return { stdout, stderr, events, pump };
}

describe("pumpOutput", () => {
  it("hands over both streams and counts them together", async () => {
    const { stdout, stderr, events, pump } = start({});
    stdout.end("out");
    stderr.end("error");
    await pump.done;
    expect(events.toSorted()).toEqual(["stderr:error", "stdout:out"]);
    expect(pump.readBytes()).toBe(8);
  });

  it("cuts at the limit to the byte and says so", async () => {
    const { stdout, stderr, events, pump } = start({ maxBytes: 5 });
    stdout.write("123");
    stdout.write("456789");
    stdout.end("more");
    stderr.end();
    await pump.done;
    expect(events.filter((event) => event !== "too much").join("").replaceAll("stdout:", "")).toBe("12345");
    expect(events).toContain("too much");
    expect(pump.readBytes()).toBe(13);
  });

  it("calls the reader for one chunk at a time, whatever the stream", async () => {
    let inside = 0;
    let most = 0;
    const { stdout, stderr, pump } = start({
      onOutput: async () => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside -= 1;
      },
    });
    for (let n = 0; n < 5; n += 1) {
      stdout.write("o");
      stderr.write("e");
    }
    stdout.end();
    stderr.end();
    await pump.done;
    expect(most).toBe(1);
  });

  it("stops waiting for a stuck reader once it discards", async () => {
    const { stdout, stderr, pump } = start({ onOutput: () => new Promise(() => undefined) });
    stdout.end("stuck");
    stderr.end("too");
    pump.discard();
    await pump.done;
    expect(pump.readBytes()).toBe(8);
  });

  it("rejects with what the reader threw and reports it at once", async () => {
    const { stdout, stderr, events, pump } = start({ onOutput: () => Promise.reject(new Error("full")) });
    stdout.end("x");
    stderr.end();
    await expect(pump.done).rejects.toThrow("full");
    expect(events).toEqual(["failed"]);
  });

  it("takes a stream that was torn down for one that ended", async () => {
    const { stdout, stderr, events, pump } = start({});
    stdout.write("before");
    await new Promise((resolve) => setImmediate(resolve));
    stdout.destroy(Object.assign(new Error("reset"), { code: "ECONNRESET" }));
    stderr.end();
    await pump.done;
    expect(events).toEqual(["stdout:before"]);
  });
});
