/** The `Range` header (RFC 9110), one range of bytes. */
import type { ByteRange } from "../storage/blob-store";

/** Null: send the whole, also for several ranges and other units, which a server may ignore. */
export function parseRange(options: { header: string | undefined; size: number }): ByteRange | null | "unsatisfiable" {
  const { header, size } = options;
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  const [first = "", last = ""] = match?.slice(1) ?? [];
  if (match === null || (first === "" && last === "")) return null;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "unsatisfiable" : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < start) return null;
  return start >= size ? "unsatisfiable" : { start, end };
}
