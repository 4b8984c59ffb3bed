/**
 * Answers a repeated request with the first answer. States of a key: absent → running (no status yet) → answered, and
 * absent again when the first try failed, when its process died, or after 24 h.
 */
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { AppError } from "~/domain/errors";
import type { Prisma } from "../../db/generated/client";
import { isUniqueViolation } from "../../db/unique-violation";
import type { ServiceContext } from "../context";

const KEEP_MS = 24 * 3600_000;
/** A first request that is silent for longer has died with its process. */
const ABANDONED_MS = 120_000;
const WAIT_MS = 60_000;

export interface StoredAnswer {
  status: number;
  body: Record<string, unknown>;
}

export interface RunOnceOptions {
  context: Pick<ServiceContext, "database">;
  userId: string;
  key: string;
  /** Hash of what was asked. */
  requestHash: string;
  signal: AbortSignal;
  run(): Promise<StoredAnswer>;
}

const bodySchema = z.record(z.string(), z.unknown());

/**
 * Runs at most once for a user and key, also when duplicates come at the same time: they wait for the first. Only a
 * success is kept. Throws `idempotency_key_reused` for another request under the same key, and what `run` throws.
 */
export async function runOnce(options: RunOnceOptions): Promise<StoredAnswer & { replayed: boolean }> {
  const { context, userId, key, requestHash, signal } = options;
  const { db } = context.database;
  const where = { userId_key: { userId, key } };
  const deadline = Date.now() + WAIT_MS;
  for (let pause = 20; ; pause = Math.min(250, pause * 2)) {
    if (await claim(options)) break;
    const known = await db.idempotencyKey.findUnique({ where });
    if (known !== null) {
      if (known.requestHash !== requestHash) throw reused(key);
      if (known.status !== null) return { status: known.status, body: bodySchema.parse(known.response), replayed: true };
    }
    if (Date.now() > deadline) {
      throw new AppError("not_available", { userMessage: "The first request with this Idempotency-Key is still running. Try again in a moment.", retryable: true, retryAfterSeconds: 5 });
    }
    await delay(pause, undefined, { signal });
  }
  try {
    const answer = await options.run();
    const response: Prisma.InputJsonValue = JSON.parse(JSON.stringify(answer.body));
    await db.idempotencyKey.update({ where, data: { status: answer.status, response } });
    return { ...answer, replayed: false };
  } catch (error) {
    await db.idempotencyKey.deleteMany({ where: { userId, key, status: null } });
    throw error;
  }
}

/** Takes the key when nobody holds it, or when its holder is past its time. */
async function claim({ context, userId, key, requestHash }: RunOnceOptions): Promise<boolean> {
  const { db } = context.database;
  const now = Date.now();
  const fresh = { requestHash, createdAt: new Date(now), expiresAt: new Date(now + KEEP_MS) };
  const overdue = await db.idempotencyKey.updateMany({
    where: { userId, key, OR: [{ expiresAt: { lt: new Date(now) } }, { status: null, createdAt: { lt: new Date(now - ABANDONED_MS) } }] },
    data: { ...fresh, status: null },
  });
  if (overdue.count > 0) return true;
  try {
    const { count } = await db.idempotencyKey.createMany({ data: [{ userId, key, ...fresh }], skipDuplicates: true });
    return count > 0;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

function reused(key: string): AppError {
  return new AppError("idempotency_key_reused", {
    userMessage: `The Idempotency-Key "${key.slice(0, 60)}" was used for another request. Use a new key for a new request.`,
  });
}
