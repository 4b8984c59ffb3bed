/**
 * Counts what is done often without a write to the database for each: a process takes a block of the allowance at once
 * and gives it out from memory. States of a caller's lease: none → held (some left) → used up (takes the next block) or
 * exhausted (nothing left of the limit; refused from memory until the window ends).
 *
 * Exactness: all processes together never allow more than the limit, because a block is counted before any of it is
 * given out, and forgotten before its window ends. With several processes a caller may be refused early: each other
 * process may hold a block that it does not use, at most an eighth of what was left when it took it. Blocks shrink to
 * one towards the end, and one process alone is exact.
 */
import type { Database } from "../../db/client";
import { takeFromLimit, type LimitState } from "./take-from-limit";

const SHARE = 8;
const MAX_BLOCK = 250;
/** Callers whose leases are kept before those of past windows are forgotten. */
const MAX_LEASES = 10_000;

interface Lease {
  left: number;
  /** Of the whole limit, beyond this block, when it was taken. */
  beyond: number;
  /** By `performance.now()`; never later than the window's end. */
  expiresAt: number;
}

interface Leases {
  held: Map<string, Lease>;
  /** A caller's requests that come together wait for one block. */
  taking: Map<string, Promise<void>>;
}

/** One process's, told apart by its database, so that several can live in one for a test. */
const leasesByDatabase = new WeakMap<object, Leases>();

/** As `takeFromLimit` with an amount of one. */
export async function leaseFromLimit(options: { context: { database: Pick<Database, "pool"> }; key: string; limit: number; windowSeconds: number }): Promise<LimitState> {
  const { context, key, limit } = options;
  const leases = leasesOf(context.database);
  for (;;) {
    const lease = leases.held.get(key);
    const now = performance.now();
    const resetSeconds = lease === undefined ? 0 : Math.max(1, Math.ceil((lease.expiresAt - now) / 1000));
    if (lease !== undefined && now < lease.expiresAt) {
      if (lease.left > 0) {
        lease.left -= 1;
        return { allowed: true, limit, remaining: lease.beyond + lease.left, resetSeconds };
      }
      if (lease.beyond === 0) return { allowed: false, limit, remaining: 0, resetSeconds };
    }
    const taking = leases.taking.get(key) ?? takeBlock({ ...options, leases }).finally(() => leases.taking.delete(key));
    leases.taking.set(key, taking);
    await taking;
  }
}

async function takeBlock(options: Parameters<typeof leaseFromLimit>[0] & { leases: Leases }): Promise<void> {
  const { context, key, limit, windowSeconds, leases } = options;
  const before = leases.held.get(key);
  const now = performance.now();
  const known = before === undefined || now >= before.expiresAt ? limit : before.beyond;
  const amount = Math.min(MAX_BLOCK, Math.max(1, Math.floor(known / SHARE)));
  const taken = await takeFromLimit({ context, key, limit, windowSeconds, amount });
  // Of a block that reaches past the limit, the part before it.
  const left = Math.min(amount, Math.max(0, limit - (taken.count - amount)));
  if (leases.held.size >= MAX_LEASES) forgetPast(leases.held);
  // From before the question: the window ends no earlier than that.
  leases.held.set(key, { left, beyond: taken.remaining, expiresAt: now + taken.resetMs });
}

function leasesOf(database: object): Leases {
  const known = leasesByDatabase.get(database);
  if (known !== undefined) return known;
  const leases: Leases = { held: new Map(), taking: new Map() };
  leasesByDatabase.set(database, leases);
  return leases;
}

function forgetPast(held: Map<string, Lease>): void {
  const now = performance.now();
  for (const [key, lease] of held) if (lease.expiresAt <= now) held.delete(key);
}
