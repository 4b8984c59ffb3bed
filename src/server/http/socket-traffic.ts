/** Sending to a WebSocket within bounds, and noticing peers that are gone without a word. */
import type { Duplex } from "node:stream";
import { WebSocket } from "ws";

/**
 * Sends the messages as one write. True once they are with the operating system (or the socket is gone, which its close
 * event tells), false when that takes longer than `stallMs`.
 */
export function sendAll(options: { ws: WebSocket; socket: Duplex; messages: readonly string[]; stallMs: number }): Promise<boolean> {
  const { ws, socket, messages, stallMs } = options;
  return new Promise((resolve) => {
    if (messages.length === 0 || ws.readyState !== WebSocket.OPEN) return resolve(true);
    // After a pause of this process itself, what came meanwhile is heard first.
    const stalled = setTimeout(() => setImmediate(() => resolve(false)), stallMs);
    const sent = (): void => {
      clearTimeout(stalled);
      resolve(true);
    };
    socket.cork();
    for (const [index, message] of messages.entries()) {
      if (index === messages.length - 1) ws.send(message, sent);
      else ws.send(message);
    }
    socket.uncork();
  });
}

export interface KeptAlive {
  /** While something is being sent its reader may be slow, which is not dead. */
  pause(): void;
  resume(): void;
  stop(): void;
}

/** Pings; a peer that has not answered one ping by the next is cut off. */
export function keepAlive(options: { ws: WebSocket; everyMs: number }): KeptAlive {
  const { ws, everyMs } = options;
  let answered = true;
  let paused = false;
  const onPong = (): void => {
    answered = true;
  };
  ws.on("pong", onPong);
  const beating = setInterval(() => {
    if (paused || ws.readyState !== WebSocket.OPEN) return;
    if (answered) {
      answered = false;
      ws.ping();
      return;
    }
    // After a pause of this process itself the answer may be here, unread.
    setImmediate(() => {
      if (!answered && !paused) ws.terminate();
    });
  }, everyMs);
  return {
    pause: () => {
      paused = true;
    },
    resume: () => {
      paused = false;
      // What it took shows that it lives; a ping may still stand behind that.
      answered = true;
    },
    stop: () => {
      clearInterval(beating);
      ws.off("pong", onPong);
    },
  };
}
