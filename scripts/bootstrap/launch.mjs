/** Starts the supervisor and stays its parent: signals go on to it, and it goes down when we do. */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { nodeEnvironment, onSignal, root } from "./shell.mjs";

/** Runs a program of ours until it ends, with our terminal; resolves to its exit code. */
export function launch(node, args, { extraEnvironment = {}, ownGroup = false, cwd = root } = {}) {
  // In a group of its own Ctrl-C reaches it once, through us, and not a second time from the terminal.
  const child = spawn(node, args, { cwd, env: nodeEnvironment(node, extraEnvironment), stdio: ["inherit", "inherit", "inherit", "ipc"], detached: ownGroup });
  onSignal((signal) => child.kill(signal));
  const watch = watchParent(() => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      clearInterval(watch);
      resolve(code ?? (signal === null ? 1 : 128 + constants.signals[signal]));
    });
  });
}

/** npm passes signals on, but can't when it is killed outright: then we have a new parent and nobody to serve. */
function watchParent(onGone) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, 1000);
  return timer;
}
