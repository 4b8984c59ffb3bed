/**
 * Answers a repeated request with the first answer. States of a key: absent → running (no status yet) → answered, and
 * absent again when the first try failed, when its process died, or after 24 h. A request that makes a build becomes
 * answered in the build's own transaction, so that no fault can part the two.
 */
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { AppError } from "~/domain/errors";
import type { Tx } from "../../db/client";
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
  context: Pick<ServiceContext, "database" | "logger">;
  userId: string;
  key: string;
  /** Hash of what was asked. */
  requestHash: string;
  signal: AbortSignal;
  /** `keep` stores the answer in the transaction that makes what was asked for. */
  run(keep: KeepAnswer): Promise<StoredAnswer>;
}

export type KeepAnswer = (options: { tx: Tx; answer: StoredAnswer }) => Promise<void>;

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
  const store = (answer: StoredAnswer) => ({ status: answer.status, response: toJson(answer.body) });
  const kept: StoredAnswer[] = [];
  const keep: KeepAnswer = async ({ tx, answer }) => {
    await tx.idempotencyKey.update({ where, data: store(answer) });
    kept.push(answer);
  };
  let made: StoredAnswer;
  try {
    made = await options.run(keep);
  } catch (error) {
    // A key that has its answer is kept: what was asked for is there, whatever failed after it, and so it is answered.
    await db.idempotencyKey.deleteMany({ where: { userId, key, status: null } });
    const known = await db.idempotencyKey.findUnique({ where });
    if (known?.status == null || known.requestHash !== requestHash) throw error;
    return { status: known.status, body: bodySchema.parse(known.response), replayed: false };
  }
  const stored = kept.at(-1);
  if (stored !== undefined) return { ...stored, replayed: false };
  // Not stored, the answer is right all the same; the key then stays taken until its time is over.
  await db.idempotencyKey.updateMany({ where: { userId, key, status: null }, data: store(made) }).catch((error: unknown) => {
    context.logger.warn({ err: error }, "an answer could not be kept for its Idempotency-Key");
  });
  return { ...made, replayed: false };
}

function toJson(body: Record<string, unknown>): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(body));
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
