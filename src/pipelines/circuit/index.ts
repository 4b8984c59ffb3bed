/** The circuit pipeline: a tscircuit package → modules → Circuit JSON → pictures and fabrication files. */
import { openToolchain, type ToolchainOptions } from "~/pipelines/sandbox-runner/toolchain";
import { definePipeline, type PipelineDefinition } from "../define";
import { EXAMPLES } from "./examples";
import { circuitOptions, type CircuitOptions } from "./options";
import { makeCircuitJsonBuild } from "./stages/circuit-json-build";
import { makeFabricationFiles } from "./stages/fabrication-files";
import { makeImageGeneration } from "./stages/image-generation";
import { makeTranspilation } from "./stages/transpilation";

/** What to do when a board is too much for a limit. */
const ADVICE = {
  wallMs: "Look for an endless loop, a promise that never settles, or a board too large to route",
  cpuSeconds: "Look for an endless loop, or a board too large to route",
};

export function createCircuitPipeline(options: ToolchainOptions): PipelineDefinition<CircuitOptions> {
  const toolchain = openToolchain({ ...options, kind: "circuit", advice: ADVICE });
  return definePipeline<CircuitOptions>({
    kind: "circuit",
    title: "Circuit",
    examples: EXAMPLES,
    options: circuitOptions,
    stages: [makeTranspilation({ toolchain }), makeCircuitJsonBuild({ toolchain }), makeImageGeneration({ toolchain }), makeFabricationFiles({ toolchain })],
  });
}
