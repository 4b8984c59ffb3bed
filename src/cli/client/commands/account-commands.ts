import type { Command } from "commander";
import { withServerFlags, type ServerFlags } from "../server-flags";

export function addLogoutCommand(program: Command): void {
  program
    .command("logout")
    .description("forget the server and the token of the last login")
    .option("--json", "print JSON for programs")
    .action(async (flags: ServerFlags) => {
      const [{ runCommand }, { runLogout }] = await Promise.all([import("../run-command"), import("../account/run-login")]);
      await runCommand(flags, (session) => runLogout({ session }), { signsIn: true });
    });
}

export function addWhoamiCommand(program: Command): void {
  withServerFlags(program.command("whoami").description("who the token belongs to, on which server, and which workspaces there are")).action(async (flags: ServerFlags) => {
    const [{ runCommand }, { runWhoami }] = await Promise.all([import("../run-command"), import("../account/run-login")]);
    await runCommand(flags, (session) => runWhoami({ session }));
  });
}
