#!/usr/bin/env node
/** `slipway …`: the command line, run by the right Node; made ready first where it is not. */
import { launch } from "./bootstrap/launch.mjs";
import { prepare } from "./bootstrap/prepare.mjs";
import { BootstrapError, say } from "./bootstrap/shell.mjs";

const args = process.argv.slice(2);
const starts = args[0] === "start";

try {
  const node = await prepare({ server: true, toolchains: starts, sandbox: starts, web: starts });
  process.exitCode = await launch(node, ["--enable-source-maps", "dist/cli.js", ...args], { extraEnvironment: { NODE_ENV: "production" }, ownGroup: starts });
} catch (error) {
  if (!(error instanceof BootstrapError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
