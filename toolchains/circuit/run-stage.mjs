/** Runs one stage of the circuit pipeline inside the sandbox: `node run-stage.mjs <stage>`. */
import { serveStage } from "../runner/serve-stage.mjs";

await serveStage({
  transpilation: () => import("./stages/transpilation.mjs"),
  circuit_json_build: () => import("./stages/circuit-json-build.mjs"),
  locate: () => import("./stages/locate.mjs"),
  image_generation: () => import("./stages/image-generation.mjs"),
  fabrication_files: () => import("./stages/fabrication-files.mjs"),
});
