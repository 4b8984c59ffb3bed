/**
 * Loaded before web and worker (`--import`): whatever state they are in, they don't outlive the supervisor for long.
 * They stop by themselves when its channel closes; this is for the one that hangs while doing so, even in a loop that
 * never comes back: hence the thread.
 */
import { Worker } from "node:worker_threads";

/** Time to finish what runs. */
const LEAVE_WITHIN_MS = 15_000;

// With the supervisor its end of our output is gone; writing to it must not break off an orderly stop.
process.stdout.on("error", () => undefined);
process.stderr.on("error", () => undefined);
process.once("disconnect", () => {
  new Worker(`setTimeout(() => process.kill(process.pid, "SIGKILL"), ${LEAVE_WITHIN_MS})`, { eval: true, stdout: true, stderr: true }).unref();
});
