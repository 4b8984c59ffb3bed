import type { Wake } from "../store/channel";
import { isUnavailable } from "../store/transaction";
import type { Claim, EngineContext, FunctionTable } from "../types";
import { executeClaim } from "./execute-claim";
import { fireTimers, pruneHistory, readNextTimer } from "./fire-timers";
import { claimCalls, renewLeases, returnClaims } from "./lease";
import { matchEvents } from "./match-events";
import { loadFunctions } from "./register-functions";

const PRUNE_EVERY_MS = 3_600_000;
/** A timer that another worker is just dealing with stays overdue for a moment and must not make this one spin. */
const SHORTEST_PAUSE_MS = 5;
const PAUSE_AFTER_FAILURE_MS = 250;
/** Claims are renewed so often within one lease. */
const RENEWALS_PER_LEASE = 3;

/** Drives one worker: looks for work when told of some, when a timer is due, and now and then to be sure. */
export interface Pump {
  /** Something was announced, or ("all") announcements may have been missed. */
  wake(wake: Wake | "all"): void;
  /** The database was lost for a while, or may have been. */
  noteOutage(): void;
  /** Takes no more calls, waits up to `drainMs` for those under way, and gives back what is left. */
  stop(options: { drainMs: number }): Promise<void>;
}

/** Starts the loop of one worker, which calls the functions of `ownFnIds` and matches events for all registered ones. */
export function startPump({ ctx, ownFnIds }: { ctx: EngineContext; ownFnIds: string[] }): Pump {
  const inFlight = new Map<string, { claim: Claim; done: Promise<void> }>();
  const abandon = new AbortController();
  const pending = new Set<Wake>();
  let functions: FunctionTable = new Map();
  let stopping = false;
  let interrupt: (() => void) | undefined;
  let sweptAt = 0;
  let prunedAt = 0;
  let away = false;
  let backSince = Number.NEGATIVE_INFINITY;

  const noteOutage = (): void => {
    away = true;
  };
  /**
   * While Postgres was away nobody could renew, so for one lease after its return nobody's calls are taken over: otherwise
   * the first worker to reach it would take away what the others are still busy with.
   */
  const readGrace = async (): Promise<number> => {
    if (away) {
      await ctx.pool.query("SELECT 1");
      away = false;
      backSince = Date.now();
    }
    return Math.max(0, backSince + ctx.leaseMs - Date.now());
  };

  const wake = (what: Wake | "all"): void => {
    for (const each of what === "all" ? (["functions", "events", "queue", "timers"] as const) : [what]) pending.add(each);
    interrupt?.();
  };

  const pause = async ({ delayMs, deaf }: { delayMs: number; deaf: boolean }): Promise<void> => {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.max(delayMs, SHORTEST_PAUSE_MS));
      interrupt = () => {
        if (deaf && !stopping) return;
        clearTimeout(timer);
        resolve();
      };
    });
    interrupt = undefined;
  };

  const dispatch = (claim: Claim): void => {
    const key = `${claim.id}:${claim.fence}`;
    const done = executeClaim({ ctx, claim, functions: () => functions, signal: abandon.signal })
      .catch((cause: unknown) => {
        // No longer renewed from here on, so the call is made again when its lease ends.
        ctx.logger.error({ err: cause, runId: claim.runId, stepId: claim.stepId }, "a call could not be carried through");
      })
      .finally(() => {
        inFlight.delete(key);
        wake("queue");
      });
    inFlight.set(key, { claim, done });
  };

  /** One look at everything that was announced; gives back the milliseconds until the next one. */
  const turn = async (): Promise<number> => {
    if (Date.now() - sweptAt >= ctx.sweepMs) {
      wake("all");
      sweptAt = Date.now();
    }
    const due = new Set(pending);
    pending.clear();
    try {
      const graceMs = await readGrace();
      if (due.has("functions")) functions = await loadFunctions({ ctx });
      if (due.has("events") && (await matchEvents({ ctx, functions }))) pending.add("events");
      // Before claiming, not after: a call that falls due between the two is then either claimed or still a timer.
      const delayMs = await readNextTimer({ ctx, functions, graceMs });
      const overdue = delayMs !== undefined && delayMs <= 0;
      if (overdue) await fireTimers({ ctx, functions, graceMs });
      const free = ctx.concurrency - inFlight.size;
      if (free > 0 && !stopping) for (const claim of await claimCalls({ ctx, limit: free, fnIds: ownFnIds })) dispatch(claim);
      if (Date.now() - prunedAt >= PRUNE_EVERY_MS) {
        await pruneHistory({ ctx });
        prunedAt = Date.now();
      }
      return overdue ? SHORTEST_PAUSE_MS : Math.min(delayMs ?? ctx.sweepMs, ctx.sweepMs);
    } catch (cause) {
      for (const missed of due) pending.add(missed);
      throw cause;
    }
  };

  const loop = async (): Promise<void> => {
    while (!stopping) {
      try {
        const delayMs = await turn();
        if (pending.size === 0 && !stopping) await pause({ delayMs, deaf: false });
      } catch (cause) {
        if (isUnavailable(cause)) {
          noteOutage();
          ctx.logger.warn({ err: cause }, "Postgres is away; the engine waits for it");
        } else ctx.logger.error({ err: cause }, "the engine failed to look for work; it tries again");
        await pause({ delayMs: PAUSE_AFTER_FAILURE_MS, deaf: true });
      }
    }
  };

  const renew = async (): Promise<void> => {
    try {
      const lost = await renewLeases({ ctx, claims: [...inFlight.values()].map((entry) => entry.claim) });
      for (const claim of lost) ctx.logger.debug({ runId: claim.runId, stepId: claim.stepId }, "a claim is no longer ours");
    } catch (cause) {
      ctx.logger.warn({ err: cause }, "leases could not be renewed");
    }
  };

  const renewal = setInterval(() => void renew(), ctx.leaseMs / RENEWALS_PER_LEASE);
  const looping = loop();
  return {
    wake,
    noteOutage,
    async stop({ drainMs }) {
      stopping = true;
      interrupt?.();
      await looping;
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, drainMs);
      });
      await Promise.race([Promise.all([...inFlight.values()].map((entry) => entry.done)), patience]);
      clearTimeout(timer);
      clearInterval(renewal);
      abandon.abort();
      const left = [...inFlight.values()].map((entry) => entry.claim);
      if (left.length === 0) return;
      ctx.logger.warn({ calls: left.length }, "stopping with calls under way; another worker may take them");
      await returnClaims({ ctx, claims: left }).catch((cause: unknown) => {
        ctx.logger.warn({ err: cause }, "calls could not be given back; they are taken over when their leases end");
      });
    },
  };
}
