/** Web processes over a platform's database. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Platform } from "./platform";

export interface WebProcess {
  url: string;
  /** At once, as a crash would. */
  kill(): Promise<void>;
  /** Drains, then ends. */
  stop(): Promise<void>;
}

const PROCESS = fileURLToPath(new URL("./web-process.ts", import.meta.url));

export async function startWeb(options: { platform: Platform; secret?: string }): Promise<WebProcess> {
  const { platform, secret = "a secret of the tests, long enough to be one" } = options;
  const settings = JSON.stringify({ databaseUrl: platform.databaseUrl, folder: platform.folder, secret });
  const child = fork(PROCESS, [settings], { execArgv: ["--import", "tsx"], stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const gone = once(child, "exit");
  const [message] = await Promise.race([once(child, "message"), gone.then(() => Promise.reject(new Error("The web process ended before it was ready.")))]);
  const { url } = z.object({ url: z.string() }).parse(message);
  const end = async (signal: "SIGKILL" | "SIGTERM"): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await gone;
  };
  return { url, kill: () => end("SIGKILL"), stop: () => end("SIGTERM") };
}
