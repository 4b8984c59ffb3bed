/**
 * Writes one stage attempt's output as numbered lines. Lines wait at most 50 ms or 64 KB, then go to the database in one
 * call; while the database is away they are kept and tried again, and the stage's output is held back (back-pressure),
 * so that nothing is lost and memory stays bounded.
 *
 * States: open → (closing →) closed, or lost when the claim went to another worker, or full when the build's log is.
 */
import type pg from "pg";
import type { OutputChunk } from "~/executors/types";
import { retryWhileDatabaseIsAway } from "../../db/transient";
import { maskSecrets } from "./mask-secrets";
import { createLineSplitter } from "./split-lines";

export type LogStream = "stdout" | "stderr" | "system";

export const LOG_CAP_BYTES = 64 * 1024 * 1024;
const FLUSH_MS = 50;
const FLUSH_BYTES = 64 * 1024;
/** Waiting text above which `output` holds the command back. */
const HOLD_BYTES = 4 * FLUSH_BYTES;

export interface LogWriterOptions {
  pool: pg.Pool;
  buildId: string;
  stageId: string;
  fence: number;
  /** Lines that the stage has so far, from the claim. */
  logLines: number;
  /** Values never to be shown. */
  secrets: readonly string[];
  /** Called once when the claim is no longer ours. */
  onLost: () => void;
  /** Called when a write failed and will be tried again. */
  onRetry?: (error: unknown) => void;
  capBytes?: number;
}

export interface LogWriter {
  /** Takes output of the command; resolves at once unless too much is waiting. */
  output(chunk: OutputChunk): Promise<void>;
  /** One whole line; line feeds within make several. Answers the number of the first, in the stage. */
  line(text: string, stream?: LogStream): number;
  /** Writes what waits, unfinished lines included. */
  close(): Promise<void>;
}

interface WaitingLine {
  stream: LogStream;
  text: string;
}

export function createLogWriter(options: LogWriterOptions): LogWriter {
  const splitters = { stdout: createLineSplitter(), stderr: createLineSplitter() };
  let waiting: WaitingLine[] = [];
  let waitingBytes = 0;
  let written = options.logLines;
  let inFlight = 0;
  let stopped = false;
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const add = (stream: LogStream, text: string) => {
    if (stopped) return;
    const safe = maskSecrets(text, options.secrets);
    waiting.push({ stream, text: safe });
    waitingBytes += safe.length + 1;
    if (waitingBytes >= FLUSH_BYTES) void flush();
    else timer ??= setTimeout(() => void flush(), FLUSH_MS);
  };

  // A failed write is kept in `writing`, so that `output` and `close` reject with it; nothing else awaits a timer's flush.
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(writeBatch);
    writing.catch(() => undefined);
    return writing;
  };

  const writeBatch = async (): Promise<void> => {
    if (waiting.length === 0 || stopped) return;
    const batch = waiting;
    waiting = [];
    waitingBytes = 0;
    inFlight = batch.length;
    const answer = await appendUntilAnswered(batch);
    inFlight = 0;
    if (answer === "ok") {
      written += batch.length;
      return;
    }
    stopped = true;
    waiting = [];
    waitingBytes = 0;
    if (answer === "lost") options.onLost();
  };

  const appendUntilAnswered = async (batch: readonly WaitingLine[]): Promise<string> => {
    const runs = groupByStream(batch);
    const values = [
      options.buildId, options.stageId, options.fence, written, options.capBytes ?? LOG_CAP_BYTES,
      runs.map((run) => run.stream), runs.map((run) => run.count), runs.map((run) => run.body),
    ];
    return retryWhileDatabaseIsAway({
      onRetry: options.onRetry,
      work: async () => {
        const { rows } = await options.pool.query<{ answer: string }>({
          name: "append_log",
          text: "SELECT append_log($1, $2, $3, $4, $5, $6::text[], $7::int[], $8::text[]) AS answer",
          values,
        });
        return rows[0]?.answer ?? "lost";
      },
    });
  };

  return {
    async output(chunk) {
      for (const text of splitters[chunk.stream].push(chunk.bytes)) add(chunk.stream, text);
      if (waitingBytes >= HOLD_BYTES) await flush();
    },
    line(text, stream = "system") {
      const splitter = createLineSplitter();
      const number = written + inFlight + waiting.length + 1;
      for (const part of [...splitter.push(Buffer.from(text)), ...splitter.end()]) add(stream, part);
      return number;
    },
    async close() {
      for (const stream of ["stdout", "stderr"] as const) for (const text of splitters[stream].end()) add(stream, text);
      await flush();
      stopped = true;
    },
  };
}

interface StreamRun {
  stream: LogStream;
  count: number;
  body: string;
}

/** Neighbouring lines of one stream become one chunk, at most 64 KB, in their order. */
function groupByStream(lines: readonly WaitingLine[]): StreamRun[] {
  const runs: { stream: LogStream; texts: string[]; size: number }[] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    if (run !== undefined && run.stream === line.stream && run.size < FLUSH_BYTES) {
      run.texts.push(line.text);
      run.size += line.text.length + 1;
    } else {
      runs.push({ stream: line.stream, texts: [line.text], size: line.text.length + 1 });
    }
  }
  return runs.map((run) => ({ stream: run.stream, count: run.texts.length, body: run.texts.join("\n") }));
}
