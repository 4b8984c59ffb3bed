/** `npm start`, and `slipway start`: builds what changed, and runs everything, supervised. */
import { launch } from "./launch.mjs";
import { prepare } from "./prepare.mjs";
import { refuseSecondStart } from "./refuse-second-start.mjs";

/** All that the product needs. */
export const everything = { toolchains: true, sandbox: true, server: true, web: true };

/** Resolves to the exit code once everything has ended. */
export async function start(args = []) {
  refuseSecondStart();
  return launch(await prepare(everything), ["--max-old-space-size=128", "--max-semi-space-size=4", "dist/supervisor.js", ...args], { extraEnvironment: { NODE_ENV: "production" }, ownGroup: true });
}
