/** The flags that every command against a server has. Nothing else is loaded for `--help`. */
import type { Command } from "commander";

export interface ServerFlags {
  server?: string;
  token?: string;
  json?: true;
}

/** Adds the flags that every command has. */
export function withServerFlags(command: Command): Command {
  return command
    .option("--server <url>", "the server (else SLIPWAY_SERVER, else the one you signed in to)")
    .option("--token <token>", "an API token (else SLIPWAY_TOKEN, else the one you signed in with)")
    .option("--json", "print JSON for programs: one document, or one a line for what is streamed");
}
