/** Runs one stage of the contract pipeline inside the sandbox: `node run-stage.mjs <stage>`. */
import { serveStage } from "../runner/serve-stage.mjs";

await serveStage({
  compilation: () => import("./stages/compilation.mjs"),
});
