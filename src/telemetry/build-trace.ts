/**
 * Where a build's spans hang. The request's span holds `create build`; under it lies the outbox, under that the workflow
 * `build-release`, under that its stages. Several processes write them, so the ids of those in the middle follow from
 * the build's id, and each process knows its parent without asking.
 */
import { createHash } from "node:crypto";
import { recordSpan, withSpanId } from "./spans";

/** The span id of an outbox event's delivery. */
function outboxSpanId(eventId: string): string {
  return spanIdOf(`outbox:${eventId}`);
}

function workflowSpanId(buildId: string): string {
  return spanIdOf(`workflow:${buildId}`);
}

function spanIdOf(seed: string): string {
  return createHash("sha256").update(seed).digest("hex").slice(0, 16);
}

/** Parent of a build's stages. `traceparent`: as the build's row has it. */
export function parentOfStages(build: { id: string; traceparent: string | null }): string | null {
  return withSpanId({ traceparent: build.traceparent, spanId: workflowSpanId(build.id) });
}

/** An outbox event was handed to the workflow engine. */
export function recordDelivery(options: { event: { id: string; name: string; traceparent: string | null }; createdAt: Date }): void {
  const { event, createdAt } = options;
  if (event.traceparent === null) return;
  recordSpan({
    name: `outbox ${event.name}`,
    kind: "producer",
    parent: event.traceparent,
    spanId: outboxSpanId(event.id),
    startedAt: createdAt,
    endedAt: new Date(),
    attributes: { "messaging.message.id": event.id },
  });
}

/** A build is over: the workflow that walked its stages. */
export function recordWorkflow(options: {
  build: { id: string; traceparent: string | null; kind: string; createdAt: Date; startedAt: Date | null; requestId: string | null };
  status: string;
}): void {
  const { build, status } = options;
  if (build.traceparent === null) return;
  recordSpan({
    name: "workflow build-release",
    kind: "consumer",
    parent: withSpanId({ traceparent: build.traceparent, spanId: outboxSpanId(build.id) }),
    spanId: workflowSpanId(build.id),
    startedAt: build.startedAt ?? build.createdAt,
    endedAt: new Date(),
    failed: status === "failed" ? "The build failed" : null,
    attributes: { "slipway.build_id": build.id, "slipway.kind": build.kind, "slipway.status": status, ...(build.requestId === null ? {} : { "slipway.request_id": build.requestId }) },
  });
}
