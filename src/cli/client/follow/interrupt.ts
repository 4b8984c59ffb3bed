/** Ctrl-C while something is sent or followed: it stops the command, never the build. */
import { CommandError, EXIT, type ExitCode } from "../command-error";

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

/** Starts a build. Throws `interrupted` when Ctrl-C comes before the answer: the server may have made the build by then. */
export async function startBuild<Answer>(options: { package: string | undefined; send: (signal: AbortSignal) => Promise<Answer> }): Promise<Answer> {
  const interrupt = watchInterrupt();
  try {
    return await options.send(interrupt.signal);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    const which = options.package === undefined ? "" : ` --package ${options.package}`;
    throw new CommandError("Stopped before the server answered: it may have started the build.", { exitCode: EXIT.interrupted, code: "interrupted", fix: `Look: slipway builds${which} --limit 3`, cause: error });
  } finally {
    interrupt.release();
  }
}

/** The exit code of a build that is over. */
export function exitCodeOf(status: string): ExitCode {
  if (status === "successful") return EXIT.ok;
  return status === "cancelled" ? EXIT.cancelled : EXIT.failed;
}
