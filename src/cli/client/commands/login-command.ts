import type { Command } from "commander";
import type { ServerFlags } from "../server-flags";

export function addLoginCommand(program: Command): void {
  program
    .command("login")
    .description("check an API token against a server and remember both")
    .option("--server <url>", "the server (else SLIPWAY_SERVER, else the one of the last login, else http://localhost:3000)")
    .option("--token <token>", "the token; by default it is asked for, or read from stdin where that is no terminal")
    .option("--json", "print JSON for programs")
    .action(async (flags: ServerFlags) => {
      const [{ runCommand }, { runLogin }] = await Promise.all([import("../run-command"), import("../account/run-login")]);
      await runCommand({ ...flags, token: undefined }, (session) => runLogin({ session, token: flags.token }), { signsIn: true });
    });
}
