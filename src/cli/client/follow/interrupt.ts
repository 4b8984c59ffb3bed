/** Ctrl-C while something is followed: it stops the command, never the build. */
import { EXIT, type ExitCode } from "../command-error";

export interface Interrupt {
  signal: AbortSignal;
  /** Back to what Ctrl-C does by itself. */
  release(): void;
}

/** Aborts at the first SIGINT or SIGTERM; a second one ends the process at once. */
export function watchInterrupt(): Interrupt {
  const abort = new AbortController();
  const onSignal = (): void => {
    if (abort.signal.aborted) process.exit(EXIT.interrupted);
    abort.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    signal: abort.signal,
    release() {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}

/** The exit code of a build that is over. */
export function exitCodeOf(status: string): ExitCode {
  if (status === "successful") return EXIT.ok;
  return status === "cancelled" ? EXIT.cancelled : EXIT.failed;
}
