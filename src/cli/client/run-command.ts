/** Runs a command's work, sets its exit code, and says what went wrong. */
import { CommandError, EXIT, toDocument, type ExitCode } from "./command-error";
import { cleanText } from "./output/clean-text";
import type { ServerFlags } from "./server-flags";
import { openSession, type Session } from "./session";

/** With `--json` an error is one JSON document on stderr. */
export async function runCommand(flags: ServerFlags, work: (session: Session) => Promise<ExitCode>, options: { signsIn?: boolean } = {}): Promise<void> {
  try {
    process.exitCode = await work(await openSession(flags, options));
  } catch (error) {
    process.exitCode = error instanceof CommandError ? error.exitCode : EXIT.unavailable;
    process.stderr.write(`${flags.json === true ? JSON.stringify(toDocument(error)) : describe(error)}\n`);
  }
}

function describe(error: unknown): string {
  if (!(error instanceof CommandError)) return `slipway: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  const lines = [
    `slipway: ${error.message}`,
    // One field is in the sentence already.
    ...(error.fields.length > 1 ? error.fields.map((field) => `  ${field.path === "" ? "input" : field.path}: ${field.message}`) : []),
    ...(error.fix === undefined ? [] : [`  → ${error.fix}`]),
    ...(error.status !== undefined && error.status >= 500 && error.requestId !== undefined ? [`  request id: ${error.requestId}`] : []),
  ];
  return cleanText(lines.join("\n"), { colours: false });
}
