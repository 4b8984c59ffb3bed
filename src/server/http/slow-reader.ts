/**
 * Readers that don't read. What a stream has to say waits in its source while the socket is full; a reader that takes
 * nothing for a whole `stallMs` is told so and cut off, and may come back with the id of the last event it got.
 */
import type { ServerResponse } from "node:http";

export function describeSlowReader(stallMs: number): string {
  return `You read nothing for ${Math.round(stallMs / 1000)} s. Read faster, or come back with after_id.`;
}

/** True once a full response has room again; false when it has none for `stallMs`. Rejects when `signal` aborts. */
export function waitUntilTaken(options: { response: ServerResponse; stallMs: number; signal: AbortSignal }): Promise<boolean> {
  const { response, stallMs, signal } = options;
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => () => {
      clearTimeout(stalled);
      response.off("drain", drained);
      signal.removeEventListener("abort", gone);
      finish();
    };
    const drained = settle(() => resolve(true));
    const gone = settle(() => reject(new Error("The reader is gone.")));
    // After a pause of this process itself, room that was made meanwhile is heard of first.
    const stalled = setTimeout(() => setImmediate(settle(() => resolve(false))), stallMs);
    response.once("drain", drained);
    if (signal.aborted) return gone();
    signal.addEventListener("abort", gone, { once: true });
  });
}

/** Cuts off the reader of an event stream that somebody else writes. A comment may stand at any place of such a stream. */
export function cutSlowReader(options: { response: ServerResponse; stallMs: number }): void {
  const { response, stallMs } = options;
  let fullSince: number | null = null;
  const drained = (): void => {
    fullSince = null;
  };
  const look = (): void => {
    if (!response.writableNeedDrain) return drained();
    fullSince ??= performance.now();
    if (performance.now() - fullSince < stallMs) return;
    stop();
    if (!String(response.getHeader("content-type") ?? "").includes("event-stream")) return;
    response.write(`: ${describeSlowReader(stallMs)}\nretry: 500\n`);
    response.socket?.end();
    const giveUp = setTimeout(() => response.destroy(), stallMs);
    response.once("close", () => clearTimeout(giveUp));
  };
  const looking = setInterval(look, Math.max(10, stallMs / 5));
  const stop = (): void => {
    clearInterval(looking);
    response.off("drain", drained);
  };
  response.on("drain", drained);
  response.once("close", stop);
}
