/** The circuit pipeline: a tscircuit package → modules → Circuit JSON → pictures and fabrication files. */
import { definePipeline, type PipelineDefinition } from "../define";
import { EXAMPLES } from "./examples";
import { circuitOptions, type CircuitOptions } from "./options";
import { makeCircuitJsonBuild } from "./stages/circuit-json-build";
import { makeFabricationFiles } from "./stages/fabrication-files";
import { makeImageGeneration } from "./stages/image-generation";
import { makeTranspilation } from "./stages/transpilation";
import { openCircuitToolchain, type CircuitToolchainOptions } from "./toolchain";

export function createCircuitPipeline(options: CircuitToolchainOptions): PipelineDefinition<CircuitOptions> {
  const toolchain = openCircuitToolchain(options);
  return definePipeline<CircuitOptions>({
    kind: "circuit",
    title: "Circuit",
    examples: EXAMPLES,
    options: circuitOptions,
    stages: [makeTranspilation({ toolchain }), makeCircuitJsonBuild({ toolchain }), makeImageGeneration({ toolchain }), makeFabricationFiles({ toolchain })],
  });
}
