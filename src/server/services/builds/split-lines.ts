/** Cuts a byte stream into lines of text: ANSI kept, carriage returns before a line feed dropped, long lines cut with a mark. */
import { StringDecoder } from "node:string_decoder";

/** A line is cut at this many characters; the rest of it is dropped and counted in the mark. */
export const MAX_LINE_LENGTH = 64 * 1024;

export interface LineSplitter {
  /** Lines completed by these bytes. */
  push(bytes: Uint8Array): string[];
  /** The last line, when it did not end in a line feed. */
  end(): string[];
}

export function createLineSplitter(maxLength: number = MAX_LINE_LENGTH): LineSplitter {
  const decoder = new StringDecoder("utf8");
  let line = "";
  let dropped = 0;

  const append = (text: string) => {
    const room = maxLength - line.length;
    line += text.length > room ? text.slice(0, room) : text;
    dropped += Math.max(0, text.length - room);
  };
  const take = (): string => {
    const text = line.endsWith("\r") ? line.slice(0, -1) : line;
    const mark = dropped > 0 ? ` … [line cut: ${dropped} more characters]` : "";
    line = "";
    dropped = 0;
    return storable(text) + mark;
  };
  const split = (text: string): string[] => {
    const parts = text.split("\n");
    const last = parts.pop() ?? "";
    const lines = parts.map((part) => {
      append(part);
      return take();
    });
    append(last);
    return lines;
  };

  return {
    push: (bytes) => split(decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))),
    end: () => {
      const lines = split(decoder.end());
      return line.length > 0 || dropped > 0 ? [...lines, take()] : lines;
    },
  };
}

/** Postgres text holds no NUL, and a lone surrogate (a pair cut in two) is no UTF-8. */
export function storable(text: string): string {
  return text.replaceAll("\0", "\u2400").toWellFormed();
}
