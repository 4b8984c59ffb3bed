/** The workflow events, checked where they enter a function. */
import { z } from "zod";

/** A build was created and wants to run. The event's id is the build's id, so sending it twice starts it once. */
export const buildRequested = z.object({
  buildId: z.string(),
  workspaceId: z.string(),
  packageId: z.string(),
  /** Of the request that asked for it, for the log. */
  requestId: z.string().optional(),
  /** W3C trace context of the span that made it. */
  traceparent: z.string().optional(),
});

/** A build was asked to stop. */
export const buildCancelled = z.object({ buildId: z.string() });

export const WORKFLOW_EVENTS = {
  "build/requested": buildRequested,
  "build/cancelled": buildCancelled,
} as const;

export type WorkflowEventName = keyof typeof WORKFLOW_EVENTS;
export type WorkflowEventData<Name extends WorkflowEventName> = z.infer<(typeof WORKFLOW_EVENTS)[Name]>;

/** A workflow event on its way out; sending one with the same id again changes nothing. */
export interface WorkflowEvent {
  id: string;
  name: string;
  data: Record<string, string>;
}
