#!/usr/bin/env node
/** `slipway …`: the command line, run by the right Node; made ready first where it is not. */
import path from "node:path";
import { CLIENT_COMMANDS } from "./bootstrap/client-commands.mjs";
import { launch } from "./bootstrap/launch.mjs";
import { prepare } from "./bootstrap/prepare.mjs";
import { explainFault, releaseSignals, root, say } from "./bootstrap/shell.mjs";
import { start } from "./bootstrap/start.mjs";

const args = process.argv.slice(2);
const onInstallation = args[0] !== undefined && !args[0].startsWith("-") && !CLIENT_COMMANDS.includes(args[0]);
const program = path.join(root, "dist/cli.js");

try {
  process.exitCode = args.length === 1 && args[0] === "start" ? await start() : await run();
} catch (error) {
  say(explainFault(error));
  process.exitCode = 1;
}

async function run() {
  const node = await prepare({ server: true });
  // `npm run` has gone to the project's folder by itself.
  const cwd = onInstallation ? root : process.env.npm_lifecycle_event === "slipway" ? (process.env.INIT_CWD ?? process.cwd()) : process.cwd();
  if (onInstallation || node !== process.execPath) return launch(node, ["--enable-source-maps", program, ...args], { extraEnvironment: { NODE_ENV: "production" }, cwd });
  process.chdir(cwd);
  process.setSourceMapsEnabled(true);
  releaseSignals();
  await import(program);
  return process.exitCode;
}
