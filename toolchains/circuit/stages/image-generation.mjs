/** Stage `image_generation`: every board's Circuit JSON → PCB, schematic and assembly drawings, and its 3D model with a picture. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { convertCircuitJsonToGltf } from "circuit-json-to-gltf";
import { convertCircuitJsonToAssemblySvg, convertCircuitJsonToPcbSvg, convertCircuitJsonToSchematicSvg } from "circuit-to-svg";
import { pictureModel } from "../lib/model-picture.mjs";
import { readJob, shorten, writeOutput } from "../../runner/job-files.mjs";
import { rasterise } from "../lib/rasterise.mjs";

/** Pixels. */
const FULL_SIZE = { flatWidth: 1600, width: 1024, height: 768, texture: 1024 };
const WARM_SIZE = { flatWidth: 64, width: 64, height: 48, texture: 64 };

const DRAWINGS = [
  {
    name: "pcb",
    draw: (circuitJson) =>
      convertCircuitJsonToPcbSvg(circuitJson, { matchBoardAspectRatio: true, width: 1000, height: 750, shouldDrawErrors: true }),
  },
  { name: "schematic", draw: (circuitJson) => convertCircuitJsonToSchematicSvg(circuitJson, { width: 1200, height: 800 }) },
  { name: "assembly", draw: (circuitJson) => convertCircuitJsonToAssemblySvg(circuitJson, { width: 1000, height: 750 }) },
];

/** A board with one pad: drawing it loads and compiles what the first picture needs. */
const SAMPLE = [
  { type: "pcb_board", pcb_board_id: "b", center: { x: 0, y: 0 }, width: 4, height: 3, thickness: 1.4, num_layers: 2, material: "fr4" },
  { type: "pcb_smtpad", pcb_smtpad_id: "p", shape: "rect", x: 0, y: 0, width: 1, height: 1, layer: "top" },
];

/** Draws the sample into nothing, with trusted code only. */
export async function warmUp() {
  const put = () => undefined;
  for (const drawing of DRAWINGS) drawFlat({ drawing, circuitJson: SAMPLE, size: WARM_SIZE, put });
  await drawModel({ circuitJson: SAMPLE, size: WARM_SIZE, put });
}

function drawFlat({ drawing, circuitJson, size, put }) {
  const svg = drawing.draw(circuitJson);
  put(`${drawing.name}.svg`, svg, "image/svg+xml");
  put(`${drawing.name}.png`, rasterise({ svg, width: size.flatWidth }), "image/png");
}

async function drawModel({ circuitJson, size, put }) {
  const glb = await convertCircuitJsonToGltf(circuitJson, { format: "glb", boardTextureResolution: size.texture });
  put("3d.glb", new Uint8Array(glb), "model/gltf-binary");
  put("3d.png", await pictureModel({ glb, width: size.width, height: size.height }), "image/png");
}

/** Job: `{boards: [{name, file}]}`; Circuit JSON below `files/`. A picture that can not be drawn is reported; the others are still made. */
export async function run({ inputDir, outputDir }) {
  const { boards } = readJob({ inputDir });
  const outputs = [];
  const failures = [];
  for (const board of boards) {
    const circuitJson = JSON.parse(readFileSync(path.join(inputDir, "files", board.file), "utf8"));
    const put = (name, content, mediaType) => {
      outputs.push(writeOutput({ outputDir, name: `boards/${board.name}/${name}`, content, mediaType }));
    };
    const attempt = async (picture, work) => {
      try {
        await work();
      } catch (error) {
        failures.push({ board: board.name, picture, message: shorten(error instanceof Error ? error.message : error) });
      }
    };
    for (const drawing of DRAWINGS) await attempt(drawing.name, () => drawFlat({ drawing, circuitJson, size: FULL_SIZE, put }));
    await attempt("3d", () => drawModel({ circuitJson, size: FULL_SIZE, put }));
  }
  return { outputs, failures };
}
