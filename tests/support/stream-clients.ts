/** Readers of streams: what came so far, waiting for something to come, and how it ended. */
import { request as openRequest, type IncomingMessage } from "node:http";
import { WebSocket } from "ws";

/** Lets waiters look again whenever something changed. */
function createBell(): { ring(): void; changed(): Promise<void> } {
  const waiting: (() => void)[] = [];
  return {
    ring() {
      for (const wake of waiting.splice(0)) wake();
    },
    changed: () =>
      new Promise<void>((resolve) => {
        waiting.push(resolve);
      }),
  };
}

export interface Reading {
  /** Waits until the text so far matches, or fails when the stream ends before. */
  until(pattern: RegExp): Promise<string>;
  /** Everything, once the server has ended it: `complete` when the body came to its proper end. */
  ended(): Promise<{ text: string; complete: boolean }>;
  response: IncomingMessage;
  close(): void;
}

/** A response that streams. Paused from the start when `paused`: nothing is taken until `response.resume()`. */
export async function openReading(options: { url: string; path: string; headers?: Record<string, string>; paused?: boolean }): Promise<Reading> {
  const { url, path, headers = {}, paused = false } = options;
  const sent = openRequest(new URL(path, url), { headers, agent: false });
  sent.end();
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once("response", resolve);
    sent.once("error", reject);
  });
  const bell = createBell();
  let text = "";
  let over = false;
  response.setEncoding("utf8");
  response.on("data", (chunk: string) => {
    text += chunk;
    bell.ring();
  });
  if (paused) response.pause();
  // Cut off without its end: told as an error, then closed.
  response.on("error", () => undefined);
  response.on("close", () => {
    over = true;
    bell.ring();
  });
  sent.on("error", () => undefined);
  return {
    response,
    async until(pattern) {
      while (!pattern.test(text)) {
        if (over) throw new Error(`The stream ended without ${String(pattern)}:\n${text.slice(-2_000)}`);
        await bell.changed();
      }
      return text;
    },
    async ended() {
      while (!over) await bell.changed();
      return { text, complete: response.complete };
    },
    close: () => sent.destroy(),
  };
}

export interface StreamedEvent {
  id: number;
  type: string;
  message?: string;
  line?: number;
}

/** The events of an NDJSON body or of a body of server-sent events, without what is no event. */
export function parseEvents(text: string): StreamedEvent[] {
  return text.split("\n").flatMap((line) => {
    const json = line.startsWith("data: ") ? line.slice(6) : line;
    if (!json.startsWith('{"object":"build.event"') || !json.endsWith("}")) return [];
    return [JSON.parse(json)];
  });
}

export interface SocketReading {
  ws: WebSocket;
  events: StreamedEvent[];
  /** Waits for an event that `matches`, or fails when the socket closes before. */
  until(matches: (event: StreamedEvent) => boolean): Promise<StreamedEvent>;
  closed(): Promise<{ code: number; reason: string }>;
}

/** A socket that is open, or closed already. Rejects when the server refuses the upgrade. */
export async function openSocket(options: { url: string; path: string; protocols?: string[]; headers?: Record<string, string>; autoPong?: boolean }): Promise<SocketReading> {
  const ws = new WebSocket(new URL(options.path, options.url.replace(/^http/, "ws")), options.protocols ?? [], { headers: options.headers, autoPong: options.autoPong ?? true, perMessageDeflate: false });
  const bell = createBell();
  const events: StreamedEvent[] = [];
  let end: { code: number; reason: string } | null = null;
  ws.on("message", (bytes: Buffer) => {
    events.push(JSON.parse(bytes.toString("utf8")));
    bell.ring();
  });
  ws.on("close", (code, reason) => {
    end = { code, reason: reason.toString("utf8") };
    bell.ring();
  });
  await new Promise<void>((resolve, reject) => {
    ws.once("open", resolve);
    ws.once("error", reject);
  });
  ws.on("error", () => undefined);
  return {
    ws,
    events,
    async until(matches) {
      for (;;) {
        const found = events.find(matches);
        if (found !== undefined) return found;
        if (end !== null) throw new Error(`The socket closed without the event: ${JSON.stringify(end)}`);
        await bell.changed();
      }
    },
    async closed() {
      while (end === null) await bell.changed();
      return end;
    },
  };
}
