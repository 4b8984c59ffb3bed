import type { PoolClient } from "pg";
import { CHANNEL, type Wake } from "../store/channel";
import type { EngineContext } from "../types";

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;

function isWake(text: string | undefined): text is Wake {
  return text === "events" || text === "queue" || text === "timers" || text === "functions";
}

/**
 * Keeps one connection on the engine's channel, for as long as the engine runs: when it is lost it is made anew, and
 * `onConnect` is called each time, because what was announced meanwhile was not heard.
 * @returns a function that ends the listening.
 */
export function listenForWakes(options: {
  ctx: EngineContext;
  onWake: (wake: Wake) => void;
  onConnect: () => void;
  onLoss: () => void;
}): () => void {
  const { ctx, onWake, onConnect, onLoss } = options;
  let stopped = false;
  let drop = (): void => undefined;
  let timer: NodeJS.Timeout | undefined;
  let pauseMs = FIRST_PAUSE_MS;

  const retry = (cause: unknown): void => {
    if (stopped) return;
    onLoss();
    ctx.logger.warn({ err: cause, pauseMs }, "the engine's listening connection is lost; connecting again");
    timer = setTimeout(() => void connect(), pauseMs);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  };
  const subscribe = async (client: PoolClient): Promise<void> => {
    let lost = false;
    const lose = (cause: unknown): void => {
      if (lost) return;
      lost = true;
      client.release(true);
      retry(cause);
    };
    drop = () => lose(undefined);
    client.on("error", lose);
    client.on("end", () => lose(new Error("the connection ended")));
    client.on("notification", (message) => {
      if (isWake(message.payload)) onWake(message.payload);
    });
    try {
      await client.query(`LISTEN ${CHANNEL}`);
      pauseMs = FIRST_PAUSE_MS;
      onConnect();
    } catch (cause) {
      lose(cause);
    }
  };
  const connect = async (): Promise<void> => {
    try {
      const client = await ctx.pool.connect();
      if (stopped) client.release(true);
      else await subscribe(client);
    } catch (cause) {
      retry(cause);
    }
  };

  void connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    drop();
  };
}
