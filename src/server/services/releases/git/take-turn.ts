/** A few fetches at once in one process, and a short line of those that wait. */
import { AppError } from "~/domain/errors";

const AT_ONCE = 2;
const MAX_WAITING = 8;

let running = 0;
const waiting: (() => void)[] = [];

/** Throws `not_available` when the line is full. */
export async function takeTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MAX_WAITING) {
      throw new AppError("not_available", { userMessage: "Too many repositories are being fetched. Try again in a moment, or send the files.", retryable: true, retryAfterSeconds: 10 });
    }
    // The turn of whoever is done passes on, so that `running` stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}
