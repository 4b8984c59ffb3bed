/** Ctrl-C while something is followed: it stops the command, never the build. */
import { EXIT, type ExitCode } from "../command-error";

export interface Interrupt {
  signal: AbortSignal;
  /** Back to what Ctrl-C does by itself. */
  release(): void;
}

/** One key press may come twice: from the terminal and from the program that started us. */
const ONE_PRESS_MS = 500;

/** Aborts at the first SIGINT or SIGTERM; a second one ends the process at once. */
export function watchInterrupt(): Interrupt {
  const abort = new AbortController();
  let pressedAt: number | undefined;
  const onSignal = (): void => {
    if (pressedAt !== undefined && performance.now() - pressedAt > ONE_PRESS_MS) process.exit(EXIT.interrupted);
    pressedAt ??= performance.now();
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
