/** A build's frames as the events of the API, one a line of the log, and as text for each kind of stream. */
import type { BuildEventView } from "../api/schemas/builds";
import type { BuildFrame } from "../services/builds/stream-build";

export interface PresentedFrame {
  /** Each event as JSON. */
  messages: readonly string[];
  /** All of the frame's events: server-sent, or one a line. */
  sse(): string;
  ndjson(): string;
}

/** Followers of one build get the same frames, so the text is made once for all of them, and goes when the frame does. */
const presented = new WeakMap<BuildFrame, PresentedFrame>();

export function presentFrame(options: { frame: BuildFrame; buildId: string }): PresentedFrame {
  const known = presented.get(options.frame);
  if (known !== undefined) return known;
  const events = toEvents(options);
  const messages = events.map((event) => JSON.stringify(event));
  const texts: { sse?: string; ndjson?: string } = {};
  const made: PresentedFrame = {
    messages,
    sse: () => (texts.sse ??= events.map((event, index) => `id: ${event.id}\nevent: ${event.type}\ndata: ${messages[index] ?? ""}\n\n`).join("")),
    ndjson: () => (texts.ndjson ??= messages.map((message) => `${message}\n`).join("")),
  };
  presented.set(options.frame, made);
  return made;
}

/** Each line of a frame as an event of its own. */
export function toEvents({ frame, buildId }: { frame: BuildFrame; buildId: string }): BuildEventView[] {
  if (frame.type === "event") return [frame.event];
  return frame.lines.map((message, index) => ({
    object: "build.event",
    id: frame.first_event_id + index,
    type: "build.log",
    build_id: buildId,
    created: frame.created_at,
    step: frame.stage,
    stream: frame.stream,
    message,
    line: frame.first_line + index,
    stage_line: frame.first_stage_line + index,
  }));
}
