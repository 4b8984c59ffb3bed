/**
 * A build's events from the first to the last, each once, whatever happens to the connection: when it drops, goes silent or the
 * server restarts, the next connection begins after the last event that was seen.
 *
 * States: connecting → reading → (dropped → waiting → connecting)* → over.
 */
import type { IncomingMessage } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { buildEvent, type BuildEvent } from "../answers";
import { CommandError, EXIT } from "../command-error";
import type { ApiClient } from "../http/api-client";
import { toUnreachable } from "../http/read-problem";
import { readChunks } from "../http/read-chunks";
import { NetworkError } from "../http/send-request";
import { backoffMs } from "../http/wait-time";
import { readLines } from "./read-lines";

export interface FollowOptions {
  api: Pick<ApiClient, "stream" | "server">;
  buildId: string;
  note: (text: string) => void;
  signal?: AbortSignal;
  /** How long the server may be away before this gives up, ms. */
  patienceMs?: number;
  /** Silence after which the connection is made anew, ms: one that died without a word looks like a quiet build. */
  silenceMs?: number;
}

const PATIENCE_MS = 180_000;
const SILENCE_MS = 60_000;

/** Ends after `build.completed`, or when `signal` aborts. Throws CommandError when the server refuses or stays away. */
export async function* followBuild(options: FollowOptions): AsyncGenerator<BuildEvent, void, undefined> {
  const { api, buildId, note, signal, patienceMs = PATIENCE_MS, silenceMs = SILENCE_MS } = options;
  let cursor = 0;
  let attempt = 0;
  let goneSince: number | undefined;
  for (;;) {
    try {
      const path = `/api/v1/builds/${buildId}/events?after_id=${cursor}`;
      const response = await api.stream(path, { headers: { accept: "application/x-ndjson" }, signal, idleMs: silenceMs });
      if (goneSince !== undefined && Date.now() - goneSince > 1_000) note("Connected again.");
      goneSince = undefined;
      for await (const event of readEvents(response)) {
        if (event.id <= cursor) continue;
        cursor = event.id;
        attempt = 0;
        yield event;
        if (event.type === "build.completed") return;
      }
    } catch (error) {
      if (signal?.aborted === true) return;
      if (!mayPass(error)) throw error;
      const silent = error instanceof NetworkError && error.code === "TIMEOUT" && goneSince === undefined;
      goneSince ??= Date.now();
      if (Date.now() - goneSince > patienceMs) throw giveUp({ api, buildId, error });
      if (attempt === 0 && !silent) note("The connection to the server was lost; the build goes on. Connecting again …");
    }
    // A stream that ended without the build's end: the server is going down, and closes its streams first.
    await delay(backoffMs(attempt), undefined, { signal }).catch(() => undefined);
    if (signal?.aborted === true) return;
    attempt += 1;
  }
}

async function* readEvents(response: IncomingMessage): AsyncGenerator<BuildEvent, void, undefined> {
  for await (const line of readLines(readChunks(response))) {
    // Whatever else a server sends between the events, such as a sign of life, is none.
    const event = line === "" ? undefined : buildEvent.safeParse(parseJson(line)).data;
    if (event !== undefined) yield event;
  }
}

function mayPass(error: unknown): boolean {
  if (error instanceof NetworkError) return true;
  return error instanceof CommandError && error.status !== undefined && (error.status === 429 || error.status >= 500);
}

function giveUp(options: { api: Pick<ApiClient, "server">; buildId: string; error: unknown }): CommandError {
  const { api, buildId, error } = options;
  const cause = error instanceof NetworkError ? toUnreachable({ server: api.server, error }) : error;
  const why = cause instanceof Error ? ` ${cause.message}` : "";
  return new CommandError(`The server stayed away, so the build can't be followed.${why}`, {
    exitCode: EXIT.unavailable, code: "unreachable", fix: `The build is not lost. When the server is back: slipway logs -f ${buildId}`, cause: error,
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
