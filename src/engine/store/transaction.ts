import type { Pool, PoolClient } from "pg";

const RETRYABLE = new Set(["40P01", "40001"]);
const MAX_TRIES = 5;

/** SQLSTATE classes of a server that is gone, going or not yet there: 08 connection, 57P shutdown, 53300 too many. */
const UNAVAILABLE = /^(?:08|57P0|53300)/;
const SOCKET_CODES = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOENT", "ENOTFOUND"]);

function readCode(cause: unknown): string {
  return typeof cause === "object" && cause !== null && "code" in cause && typeof cause.code === "string"
    ? cause.code
    : "";
}

/** Whether an error means that Postgres could not be reached, rather than that it refused what was asked. */
export function isUnavailable(cause: unknown): boolean {
  const code = readCode(cause);
  if (UNAVAILABLE.test(code) || SOCKET_CODES.has(code)) return true;
  return (
    cause instanceof Error &&
    /Connection terminated|connection timeout|timeout exceeded|Client has encountered a connection error/i.test(cause.message)
  );
}

/** Runs `work` in one transaction; a deadlock or a serialization failure is tried again, since nothing of it was kept. */
export async function inTransaction<Result>({
  pool,
  work,
}: {
  pool: Pool;
  work: (client: PoolClient) => Promise<Result>;
}): Promise<Result> {
  for (let tries = 1; ; tries++) {
    const client = await pool.connect();
    // Without a listener a connection that dies between two queries would take the process with it.
    const ignore = (): void => undefined;
    client.on("error", ignore);
    try {
      await client.query("BEGIN");
      const result = await work(client);
      await client.query("COMMIT");
      client.off("error", ignore);
      client.release();
      return result;
    } catch (cause) {
      // The connection is thrown away: whatever state it is in, the transaction is gone with it.
      client.release(true);
      if (tries >= MAX_TRIES || !RETRYABLE.has(readCode(cause))) throw cause;
    }
  }
}
