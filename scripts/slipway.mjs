#!/usr/bin/env node
/** `slipway …`: the command line, run by the right Node; made ready first where it is not. */
import path from "node:path";
import { CLIENT_COMMANDS } from "./bootstrap/client-commands.mjs";
import { launch } from "./bootstrap/launch.mjs";
import { prepare } from "./bootstrap/prepare.mjs";
import { explainFault, releaseSignals, root, say } from "./bootstrap/shell.mjs";

const args = process.argv.slice(2);
const starts = args[0] === "start";
const onInstallation = args[0] !== undefined && !args[0].startsWith("-") && !CLIENT_COMMANDS.includes(args[0]);
const program = path.join(root, "dist/cli.js");

try {
  const node = await prepare({ server: true, toolchains: starts, sandbox: starts, web: starts });
  // `npm run` has gone to the project's folder by itself.
  const cwd = onInstallation ? root : process.env.npm_lifecycle_event === "slipway" ? (process.env.INIT_CWD ?? process.cwd()) : process.cwd();
  if (onInstallation || node !== process.execPath) {
    process.exitCode = await launch(node, ["--enable-source-maps", program, ...args], { extraEnvironment: { NODE_ENV: "production" }, ownGroup: starts, cwd });
  } else {
    process.chdir(cwd);
    process.setSourceMapsEnabled(true);
    releaseSignals();
    await import(program);
  }
} catch (error) {
  say(explainFault(error));
  process.exitCode = 1;
}
