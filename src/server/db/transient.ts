/** Tells a database that is away for a moment from a mistake of ours, and waits the first one out. */

/** SQLSTATE classes: connection, resources, operator intervention (a restart), serialization and deadlock. */
const TRANSIENT_CLASSES = ["08", "53", "57", "40"];
const NETWORK_CODES = ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOENT"];
/** Prisma: cannot reach, timed out, connection closed, pool timeout, transaction closed, write conflict. */
const PRISMA_CODES = ["P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "P2034", "P2037"];
const MESSAGES = /terminat(ed|ing) (unexpectedly|connection|due to)|Connection terminated|server closed the connection|starting up|shutting down|recovery mode|timeout exceeded when trying to connect|ECONNREFUSED|ECONNRESET|not queryable/i;

/** True when trying again may help. Looks through causes. */
export function isTransientDatabaseError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (NETWORK_CODES.includes(code) || PRISMA_CODES.includes(code)) return true;
  if (code.length === 5 && TRANSIENT_CLASSES.includes(code.slice(0, 2))) return true;
  return MESSAGES.test(error.message) || isTransientDatabaseError(error.cause);
}

export interface RetryOptions<Result> {
  work: () => Promise<Result>;
  onRetry?: (error: unknown) => void;
  /** Between two tries, ms. */
  everyMs?: number;
  /** Stops trying; the last error is thrown. */
  signal?: AbortSignal;
}

/** Repeats `work`, which must be safe to run twice, while the database is away. Other errors are thrown at once. */
export async function retryWhileDatabaseIsAway<Result>(options: RetryOptions<Result>): Promise<Result> {
  for (;;) {
    try {
      return await options.work();
    } catch (error) {
      if (!isTransientDatabaseError(error) || options.signal?.aborted === true) throw error;
      options.onRetry?.(error);
      await new Promise((resolve) => setTimeout(resolve, options.everyMs ?? 250));
    }
  }
}
