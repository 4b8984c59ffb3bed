/**
 * What every toolchain's `run-stage.mjs` does: runs one stage inside the sandbox, `node run-stage.mjs <stage>`.
 *
 * Loads the stage's tools, THEN waits for one line on stdin, then reads the job from /in and writes to /out: a process
 * can be started ahead of its job. The answer is /out/result.json; without it the stage has failed, whatever the exit code.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";

const inputDir = process.env.IN_DIR ?? "/in";
const outputDir = process.env.OUT_DIR ?? "/out";

/** Resolves at the first line feed; rejects when stdin ends without one, so that an abandoned process ends. */
function waitForGo() {
  return new Promise((resolve, reject) => {
    let text = "";
    process.stdin.on("data", (chunk) => {
      text += chunk;
      if (!text.includes("\n")) return;
      process.stdin.pause();
      resolve(undefined);
    });
    process.stdin.on("end", () => reject(new Error("stdin ended before the job came")));
  });
}

/** A few turns of the event loop, in which input that is already there is delivered. */
async function nextTurns() {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return false;
}

/**
 * Runs the stage that the command line names and ends the process.
 *
 * @param {Record<string, () => Promise<{warmUp?: () => unknown, run: (dirs: {inputDir: string, outputDir: string}) => unknown}>>} stages
 */
export async function serveStage(stages) {
  // Node writes to a pipe when it finds the time, and `process.exit` forgets what is left. What a package prints is kept to
  // the last line, also of one that ends the process itself, so both streams write at once.
  for (const stream of [process.stdout, process.stderr]) stream._handle?.setBlocking?.(true);
  const load = stages[process.argv[2]];
  if (load === undefined) throw new Error(`This toolchain has no stage "${process.argv[2]}": it has ${Object.keys(stages).join(", ")}.`);
  const go = waitForGo().then(() => true);
  const stage = await load();
  // Warming is worth its time only while nobody waits: a cold start finds the line there already.
  const isWaiting = await Promise.race([go, nextTurns()]);
  if (isWaiting !== true) await stage.warmUp?.();
  await go;
  // User code may share this process: it gets neither the rest of stdin nor a say in the exit code.
  process.stdin.destroy();
  const result = await stage.run({ inputDir, outputDir });
  writeFileSync(path.join(outputDir, "result.json"), JSON.stringify(result));
  process.exit(0);
}
