/** The commands that talk to a server over its HTTP API, and nothing else: each is told here and loaded when it runs. */
import type { Command } from "commander";
import { addLogoutCommand, addWhoamiCommand } from "./account-commands";
import { addArtifactsCommand } from "./artifacts-command";
import { addCancelCommand, addChainsCommand, addDeployCommand, addLogsCommand, addOpenCommand, addRebuildCommand } from "./build-commands";
import { addBuildsCommand } from "./builds-command";
import { addLoginCommand } from "./login-command";
import { addPushCommand } from "./push-command";

export const CLIENT_HELP = `
Exit codes: 0 done, or the build is successful · 1 the build failed · 2 wrong use or input · 3 the build was cancelled
  4 not signed in, or not allowed · 5 the server can't be reached or is at fault · 130 Ctrl-C (the build goes on)
Environment: SLIPWAY_SERVER, SLIPWAY_TOKEN (before the saved login), NO_COLOR
Everything is explained in docs/cli.md.`;

export function addClientCommands(program: Command): void {
  program.commandsGroup("Sign in:");
  addLoginCommand(program);
  addLogoutCommand(program);
  addWhoamiCommand(program);
  program.commandsGroup("Build:");
  addPushCommand(program);
  addBuildsCommand(program);
  addLogsCommand(program);
  addCancelCommand(program);
  addRebuildCommand(program);
  addDeployCommand(program);
  addChainsCommand(program);
  addArtifactsCommand(program);
  addOpenCommand(program);
}
