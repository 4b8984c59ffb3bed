/** solhint in a thread of its own: it can be ended when it hangs, and its end is not ours. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";

export function probeSolhint() {
  try {
    const file = createRequire(import.meta.url).resolve("solhint/package.json");
    return JSON.parse(readFileSync(file, "utf8")).version;
  } catch {
    return null;
  }
}

export const startSolhint = () => new Worker(new URL("./solhint-worker.mjs", import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 256 } });

/** @returns `{findings}` or `{crash}`, in words */
export async function runSolhint({ worker, own }) {
  const answer = await new Promise((resolve) => {
    worker.once("message", resolve);
    worker.once("error", (error) => resolve({ crash: error.message }));
    worker.once("exit", (code) => resolve({ crash: `exit code ${code}` }));
    worker.postMessage({ files: [...own].map(([file, bytes]) => [file, bytes.toString("utf8")]) });
  });
  await worker.terminate();
  if (answer.crash !== undefined) return { crash: answer.crash };
  return { findings: answer.reports.map(({ file, check, message, line, column }) => ({ check, message, file, line, column: column ?? 1 })) };
}
