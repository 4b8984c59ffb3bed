/**
 * The answers that are under way, so that a stopping server can end streams with a hint to come back, and wait for the rest.
 */
import type { ServerResponse } from "node:http";

export interface OpenResponses {
  add(response: ServerResponse): void;
  /** Ends every stream; readers come back to another process, or to the next one, and resume. */
  endStreams(): void;
  count(): number;
  /** Those that are streams, by protocol. */
  countStreams(): { sse: number; ndjson: number };
  /** Resolves when none is left. */
  whenEmpty(): Promise<void>;
}

/** How soon a browser opens an ended event stream again, ms. */
const RECONNECT_MS = 500;

export function createOpenResponses(): OpenResponses {
  const open = new Set<ServerResponse>();
  const waiting = new Set<() => void>();
  return {
    add(response) {
      open.add(response);
      response.once("close", () => {
        open.delete(response);
        if (open.size === 0) for (const wake of waiting) wake();
      });
    },
    endStreams() {
      for (const response of open) {
        const type = String(response.getHeader("content-type") ?? "");
        if (!response.headersSent || !/event-stream|ndjson/.test(type)) continue;
        // A field of its own line is right at any place of an event stream, even in the middle of an event.
        if (type.includes("event-stream")) response.write(`retry: ${RECONNECT_MS}\n`);
        // Closed without the end of the body: a reader knows that more was to come.
        response.socket?.end();
      }
    },
    count: () => open.size,
    countStreams() {
      const types = [...open].map((response) => (response.headersSent ? String(response.getHeader("content-type") ?? "") : ""));
      return { sse: types.filter((type) => type.includes("event-stream")).length, ndjson: types.filter((type) => type.includes("ndjson")).length };
    },
    whenEmpty: () =>
      open.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.add(resolve);
          }),
  };
}
