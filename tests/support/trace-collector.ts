/** A collector of traces: the OTLP/HTTP endpoint that exporters send JSON to. */
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";

const value = z.looseObject({ stringValue: z.string().optional(), boolValue: z.boolean().optional(), intValue: z.union([z.string(), z.number()]).optional() });
const attributes = z.array(z.object({ key: z.string(), value })).default([]);
const spanSchema = z.object({ traceId: z.string(), spanId: z.string(), parentSpanId: z.string().optional(), name: z.string(), startTimeUnixNano: z.coerce.bigint(), endTimeUnixNano: z.coerce.bigint(), attributes, status: z.looseObject({ code: z.number().optional() }).optional() });
const exported = z.object({
  resourceSpans: z.array(z.object({ resource: z.object({ attributes }), scopeSpans: z.array(z.object({ spans: z.array(spanSchema) })) })),
});

export interface CollectedSpan {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  name: string;
  /** Epoch ms. */
  startedAt: number;
  durationMs: number;
  failed: boolean;
  attributes: Record<string, string | number | boolean | undefined>;
}

export interface TraceCollector {
  endpoint: string;
  spans: CollectedSpan[];
  close(): Promise<void>;
}

export async function openTraceCollector(): Promise<TraceCollector> {
  const spans: CollectedSpan[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      if (request.url === "/v1/traces") spans.push(...readSpans(body));
      response.writeHead(200, { "Content-Type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The collector has no port.");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    spans,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function readSpans(body: string): CollectedSpan[] {
  return exported.parse(JSON.parse(body)).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        service: String(readAttributes(resource.attributes)["service.name"]),
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId === "" ? undefined : span.parentSpanId,
        name: span.name,
        startedAt: Number(span.startTimeUnixNano / 1_000n) / 1_000,
        durationMs: Number((span.endTimeUnixNano - span.startTimeUnixNano) / 1_000n) / 1_000,
        failed: span.status?.code === 2,
        attributes: readAttributes(span.attributes),
      })),
    ),
  );
}

function readAttributes(list: z.infer<typeof attributes>): CollectedSpan["attributes"] {
  return Object.fromEntries(list.map(({ key, value: { stringValue, boolValue, intValue } }) => [key, stringValue ?? boolValue ?? (intValue === undefined ? undefined : Number(intValue))]));
}
