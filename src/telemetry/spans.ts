/**
 * Traces, for code that does not care whether anybody collects them. Until `start-tracing.ts` has provided a tracer every
 * function here only runs its work. A span's parent is the one whose work this is part of, or one named by W3C
 * `traceparent`, which is how a trace goes on in another process.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, isSpanContextValid, trace, TraceFlags, type Attributes, type Context, type SpanContext, type Tracer } from "@opentelemetry/api";

export interface Tracing {
  tracer: Tracer;
  /** The next span gets this id instead of a random one; one without a parent this trace too. */
  forceIds(ids: { spanId: string; traceId?: string }): void;
}

export interface OpenSpan {
  set(attributes: Attributes): void;
  rename(name: string): void;
  /** Marks it as failed, with the reason. */
  fail(message: string): void;
}

const KINDS = { internal: SpanKind.INTERNAL, server: SpanKind.SERVER, producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER } as const;

export interface SpanOptions {
  name: string;
  kind?: keyof typeof KINDS;
  /** Null or not a traceparent: the span that is open here, else a new trace. */
  parent?: string | null;
  attributes?: Attributes;
}

/** What is over when it is written. */
export interface PastSpan extends Omit<SpanOptions, "parent"> {
  startedAt: Date;
  endedAt: Date;
  /** Why it failed; null or left out: it did not. */
  failed?: string | null;
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const NOTHING: OpenSpan = { set: () => undefined, rename: () => undefined, fail: () => undefined };
const open = new AsyncLocalStorage<Context>();
let tracing: Tracing | null = null;

/** Null: nothing is traced any more. */
export function provideTracing(provided: Tracing | null): void {
  tracing = provided;
}

export function isTracing(): boolean {
  return tracing !== null;
}

/** Runs the work within a span that ends with it; what it throws marks the span as failed, and is thrown on. */
export async function inSpan<Result>(options: SpanOptions & { run: (span: OpenSpan) => Promise<Result> }): Promise<Result> {
  if (tracing === null) return options.run(NOTHING);
  const parent = findParent(options.parent);
  const span = tracing.tracer.startSpan(options.name, { kind: KINDS[options.kind ?? "internal"], attributes: options.attributes }, parent);
  const fail = (message: string): void => void span.setStatus({ code: SpanStatusCode.ERROR, message });
  try {
    return await open.run(trace.setSpan(parent, span), () =>
      options.run({ set: (attributes) => void span.setAttributes(attributes), rename: (name) => void span.updateName(name), fail }),
    );
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
    throw error;
  } finally {
    span.end();
  }
}

/** Writes a span of something that is over, such as a workflow that several processes carried. */
export function recordSpan(options: PastSpan & { spanId: string; parent?: string | null }): void {
  writeSpan({ ...options, ids: { spanId: options.spanId }, under: findParent(options.parent) });
}

/** Writes the very span that a `traceparent` names, as the first of its trace. Nothing for one that is not sampled, or is none. */
export function recordFirstSpan(options: PastSpan & { traceparent: string }): void {
  const named = parseTraceparent(options.traceparent);
  if (named?.traceFlags === TraceFlags.SAMPLED) writeSpan({ ...options, ids: { spanId: named.spanId, traceId: named.traceId }, under: ROOT_CONTEXT });
}

function writeSpan(options: PastSpan & { ids: { spanId: string; traceId?: string }; under: Context }): void {
  if (tracing === null) return;
  tracing.forceIds(options.ids);
  const span = tracing.tracer.startSpan(options.name, { kind: KINDS[options.kind ?? "internal"], attributes: options.attributes, startTime: options.startedAt }, options.under);
  if (options.failed != null) span.setStatus({ code: SpanStatusCode.ERROR, message: options.failed });
  span.end(options.endedAt);
}

/** The open span as a `traceparent`, to be handed on; null when nothing is traced. */
export function currentTraceparent(): string | null {
  if (tracing === null) return null;
  const context = trace.getSpanContext(open.getStore() ?? ROOT_CONTEXT);
  return context === undefined ? null : formatTraceparent(context);
}

/** The same trace, with another span as the parent of what follows. Null without a traceparent. */
export function withSpanId(options: { traceparent: string | null; spanId: string }): string | null {
  const known = options.traceparent === null ? null : parseTraceparent(options.traceparent);
  return known === null ? null : formatTraceparent({ ...known, spanId: options.spanId });
}

function findParent(traceparent: string | null | undefined): Context {
  const remote = traceparent == null ? null : parseTraceparent(traceparent);
  return remote === null ? (open.getStore() ?? ROOT_CONTEXT) : trace.setSpanContext(ROOT_CONTEXT, remote);
}

function parseTraceparent(value: string): SpanContext | null {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(value) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined || value.startsWith("ff")) return null;
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED, isRemote: true };
  return isSpanContextValid(context) ? context : null;
}

function formatTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`;
}
