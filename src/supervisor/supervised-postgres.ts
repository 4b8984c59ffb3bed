/** The embedded PostgreSQL, kept running: a server that dies is started again, with what it had committed. */
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "../postgres/embedded-postgres";

const LONGEST_PAUSE_MS = 15_000;
const HEALTHY_AFTER_MS = 60_000;

export interface SupervisedPostgres {
  /** Of the running server; it changes only when another program took the port while the server was down. */
  readonly url: string;
  stop(): Promise<void>;
}

/** The embedded server's folder within the data folder. */
export function postgresFolder(dataDir: string): string {
  return path.join(dataDir, "postgres");
}

export async function startSupervisedPostgres(options: { dataDir: string; say: (message: string) => void; onUrlChanged: () => void }): Promise<SupervisedPostgres> {
  const { say } = options;
  const start = (): Promise<EmbeddedPostgres> => startEmbeddedPostgres({ dataDir: postgresFolder(options.dataDir), logger: { info: () => undefined, warn: say } });
  const stopping = new AbortController();
  let server = await start();

  const keepRunning = async (): Promise<void> => {
    let failures = 0;
    for (;;) {
      const since = Date.now();
      const { code, signal } = await server.exited;
      if (stopping.signal.aborted) return;
      if (Date.now() - since > HEALTHY_AFTER_MS) failures = 0;
      say(`PostgreSQL ended unexpectedly (${signal ?? `exit code ${code}`}); starting it again`);
      const before = server.url;
      for (let restarted = false; !restarted && !stopping.signal.aborted; ) {
        if (failures > 0) await delay(Math.min(LONGEST_PAUSE_MS, 250 * 2 ** (failures - 1)), undefined, { signal: stopping.signal }).catch(() => undefined);
        failures += 1;
        try {
          if (stopping.signal.aborted) return;
          server = await start();
          restarted = true;
        } catch (error) {
          say(error instanceof Error ? error.message : String(error));
        }
      }
      if (stopping.signal.aborted) return;
      say("PostgreSQL is ready again");
      if (server.url !== before) options.onUrlChanged();
    }
  };
  const kept = keepRunning();

  return {
    get url() {
      return server.url;
    },
    stop: async () => {
      stopping.abort();
      await server.stop();
      await kept;
      // A start that was under way when we were asked to stop.
      await server.stop();
    },
  };
}
