/** Sends spans to an OTLP/HTTP collector. Its libraries are loaded only when it is called. */
import { provideTracing } from "./spans";

export interface StartTracingOptions {
  /** Base URL of the collector, such as `http://localhost:4318`. */
  endpoint: string;
  /** Which process this is: `slipway-web`, `slipway-worker`. */
  serviceName: string;
  /** How long spans wait to be sent together, ms; default 2,000. */
  delayMs?: number;
}

export interface StartedTracing {
  /** Sends what waits. A collector that can't be reached is given up after a few seconds. */
  shutdown(): Promise<void>;
}

const EXPORT_TIMEOUT_MS = 5_000;

export async function startTracing(options: StartTracingOptions): Promise<StartedTracing> {
  const [{ BatchSpanProcessor, RandomIdGenerator, TracerProvider }, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import("@opentelemetry/sdk-trace"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/resources"),
  ]);
  const random = new RandomIdGenerator();
  let forced: { spanId?: string; traceId?: string } = {};
  const take = (name: keyof typeof forced): string | undefined => {
    const id = forced[name];
    forced = { ...forced, [name]: undefined };
    return id;
  };
  const exporter = new OTLPTraceExporter({ url: `${options.endpoint}/v1/traces`, timeoutMillis: EXPORT_TIMEOUT_MS });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": options.serviceName, "process.pid": process.pid }),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: options.delayMs ?? 2_000, exportTimeoutMillis: EXPORT_TIMEOUT_MS })],
    idGenerator: {
      generateTraceId: () => take("traceId") ?? random.generateTraceId(),
      generateSpanId: () => take("spanId") ?? random.generateSpanId(),
    },
  });
  // Not registered for the whole process: libraries that trace themselves would add spans of their own.
  provideTracing({ tracer: provider.getTracer("slipway"), forceIds: (ids) => (forced = ids) });
  return {
    async shutdown() {
      provideTracing(null);
      await provider.shutdown().catch(() => undefined);
    },
  };
}
