/** What another program answers, as far as it is of a size that can be read. */
import { readFileSync, statSync } from "node:fs";

/** Some hundred bytes for each finding: far more than any contract has. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/** @throws {Error} in words, when it is too large or no JSON */
export function readAnswerFile({ file }) {
  const { size } = statSync(file);
  if (size > MAX_ANSWER_BYTES) throw new Error(`Its answer of ${size} bytes is larger than ${MAX_ANSWER_BYTES}.`);
  return JSON.parse(readFileSync(file, "utf8"));
}

/** Gathers a stream's bytes; `isOver` once there are more than an answer has, which are then dropped. */
export function gather(stream, { onOver = () => undefined } = {}) {
  const gathered = { chunks: [], size: 0, isOver: false };
  stream.on("data", (chunk) => {
    gathered.size += chunk.length;
    if (gathered.size <= MAX_ANSWER_BYTES) return void gathered.chunks.push(chunk);
    if (!gathered.isOver) onOver();
    gathered.isOver = true;
    return undefined;
  });
  return { isOver: () => gathered.isOver, text: () => Buffer.concat(gathered.chunks).toString("utf8"), limit: MAX_ANSWER_BYTES };
}
