/** A counted gate: first come, first served. */

export interface Gate {
  /** Waits for a place and answers how to leave it (once), or null when the signal was aborted first. */
  enter(options: { signal: AbortSignal }): Promise<(() => void) | null>;
}

export function createGate(options: { places: number }): Gate {
  let free = options.places;
  const waiting: (() => void)[] = [];

  const makeLeave = (): (() => void) => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    };
  };

  return {
    enter: ({ signal }) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve(null);
        if (free > 0) {
          free -= 1;
          return resolve(makeLeave());
        }
        const onTurn = (): void => {
          signal.removeEventListener("abort", onAbort);
          resolve(makeLeave());
        };
        const onAbort = (): void => {
          waiting.splice(waiting.indexOf(onTurn), 1);
          resolve(null);
        };
        waiting.push(onTurn);
        signal.addEventListener("abort", onAbort, { once: true });
      }),
  };
}
