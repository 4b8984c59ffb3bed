import { afterEach, describe, expect, it } from "vitest";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { currentTraceparent, inSpan, provideTracing, recordSpan, withSpanId } from "./spans";

const REMOTE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

function collect() {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  provideTracing({ tracer: provider.getTracer("test"), forceIds: () => undefined });
  return exporter;
}

afterEach(() => provideTracing(null));

describe("without a tracer", () => {
  it("work runs as it is, and no trace goes on", async () => {
    expect(await inSpan({ name: "x", parent: REMOTE, run: (span) => (span.set({ a: 1 }), Promise.resolve(currentTraceparent())) })).toBeNull();
    recordSpan({ name: "x", spanId: "b7ad6b7169203331", startedAt: new Date(), endedAt: new Date() });
  });
});

describe("with a tracer", () => {
  it("spans nest by the work they are in, across awaits", async () => {
    const exporter = collect();
    await inSpan({
      name: "outer",
      parent: REMOTE,
      run: async () => {
        await Promise.resolve();
        await Promise.all(["a", "b"].map((name) => inSpan({ name, run: () => Promise.resolve() })));
      },
    });
    const [a, b, outer] = exporter.getFinishedSpans();
    expect(outer?.parentSpanContext?.spanId).toBe("b7ad6b7169203331");
    expect([a, b].map((span) => span?.parentSpanContext?.spanId)).toEqual([outer?.spanContext().spanId, outer?.spanContext().spanId]);
    expect(new Set([a, b, outer].map((span) => span?.spanContext().traceId))).toEqual(new Set(["0af7651916cd43dd8448eb211c80319c"]));
  });

  it("what is thrown goes on, and marks the span", async () => {
    const exporter = collect();
    await expect(inSpan({ name: "x", run: () => Promise.reject(new Error("broken")) })).rejects.toThrow("broken");
    expect(exporter.getFinishedSpans()[0]?.status).toEqual({ code: 2, message: "broken" });
  });

  it("a caller who is not sampled is honoured", async () => {
    const exporter = collect();
    await inSpan({ name: "x", parent: REMOTE.replace(/01$/, "00"), run: () => Promise.resolve() });
    expect(exporter.getFinishedSpans()).toHaveLength(0);
  });

  it.each(["", "nonsense", "00-00000000000000000000000000000000-b7ad6b7169203331-01", "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"])(
    "%j is no parent: a new trace begins",
    async (parent) => {
      const exporter = collect();
      await inSpan({ name: "x", parent, run: () => Promise.resolve() });
      expect(exporter.getFinishedSpans()[0]?.parentSpanContext).toBeUndefined();
    },
  );

  it("a traceparent goes on under another span", () => {
    expect(withSpanId({ traceparent: REMOTE, spanId: "00000000000000ff" })).toBe("00-0af7651916cd43dd8448eb211c80319c-00000000000000ff-01");
    expect(withSpanId({ traceparent: null, spanId: "00000000000000ff" })).toBeNull();
  });
});
