import { httpSubscriptionLink, retryLink, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "~/server/api/root";
import { noteEnded, noteLive, noteLost } from "./connection";
import { describeError } from "./describe-error";

/** Forgets a subscription when whoever asked for it lets go, also in the pause between two tries. */
const forgetWhenDone: TRPCLink<AppRouter> = () => ({ op, next }) =>
  observable((observer) => {
    const subscription = next(op).subscribe({
      next: (value) => observer.next(value),
      error: (error) => {
        noteEnded(op.id);
        observer.error(error);
      },
      complete: () => {
        noteEnded(op.id);
        observer.complete();
      },
    });
    return () => {
      noteEnded(op.id);
      subscription.unsubscribe();
    };
  });

/** Tells the connection banner how the stream is. */
const watchState: TRPCLink<AppRouter> = () => ({ op, next }) =>
  observable((observer) => {
    const subscription = next(op).subscribe({
      next: (value) => {
        if (value.result.type === "state") {
          if (value.result.state === "pending") noteLive(op.id);
          else if (value.result.state === "connecting" && value.result.error !== null) noteLost(op.id);
        }
        observer.next(value);
      },
      error: (error) => {
        if (describeError(error).retryable) noteLost(op.id);
        observer.error(error);
      },
      complete: () => observer.complete(),
    });
    return () => subscription.unsubscribe();
  });

/**
 * The browser reconnects a dropped stream by itself, but gives up when a restarting server or a proxy answers with an
 * error; then we try again, from the last event that arrived, waiting 0.5 s and then longer up to 10 s.
 */
export function createSubscriptionLinks({ url }: { url: string }): TRPCLink<AppRouter>[] {
  return [
    forgetWhenDone,
    retryLink({
      retry: ({ error }) => describeError(error).retryable,
      retryDelayMs: (attempt) => Math.min(10_000, 250 * 2 ** attempt),
    }),
    watchState,
    httpSubscriptionLink({ url }),
  ];
}
