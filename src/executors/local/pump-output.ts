/** Carries a command's output to its reader, in order, no faster than the reader takes it. */
import type { Readable } from "node:stream";
import type { ExecutionOptions, OutputChunk } from "../types";

export interface OutputPump {
  /** Resolves when both streams ended and everything was handed over. Rejects with what `onOutput` threw. */
  done: Promise<void>;
  /** Bytes the command wrote, counted before anything is cut. */
  readBytes(): number;
  /** From now on output is read and thrown away, and a reader that is stuck is not waited for. */
  discard(): void;
}

export interface PumpOptions {
  stdout: Readable;
  stderr: Readable;
  /** Bytes of both streams together; what is beyond is never handed over. */
  maxBytes: number;
  onOutput: ExecutionOptions["onOutput"];
  onTooMuch: () => void;
  onReaderFailed: () => void;
}

export function pumpOutput(options: PumpOptions): OutputPump {
  let bytes = 0;
  let discarding = false;
  let stopWaiting: () => void = () => undefined;
  const discarded = new Promise<void>((resolve) => (stopWaiting = resolve));
  let turn: Promise<void> = Promise.resolve();

  const handOver = (chunk: OutputChunk): Promise<void> => {
    turn = turn.then(async () => {
      if (!discarding) await Promise.race([options.onOutput(chunk), discarded]);
    });
    return turn;
  };

  const pump = async (name: OutputChunk["stream"], stream: Readable): Promise<void> => {
    for await (const chunk of readQuietly(stream)) {
      const room = Math.max(0, options.maxBytes - bytes);
      bytes += chunk.byteLength;
      if (bytes > options.maxBytes) options.onTooMuch();
      if (discarding || room === 0) continue;
      try {
        await handOver({ stream: name, bytes: chunk.byteLength > room ? chunk.subarray(0, room) : chunk });
      } catch (error) {
        discarding = true;
        options.onReaderFailed();
        throw error;
      }
    }
  };

  const both = Promise.allSettled([pump("stdout", options.stdout), pump("stderr", options.stderr)]);
  const done = both.then((results) => {
    for (const result of results) if (result.status === "rejected") throw result.reason;
  });
  // Whoever runs the command awaits it after the command's end; until then it is not unhandled.
  done.catch(() => undefined);
  return {
    done,
    readBytes: () => bytes,
    discard: () => {
      discarding = true;
      stopWaiting();
    },
  };
}

/** A stream torn down with its process is a stream that ended. */
async function* readQuietly(stream: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) if (chunk instanceof Uint8Array) yield chunk;
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
  }
}
