/** Stage `image_generation`: every board's Circuit JSON → PCB, schematic and assembly drawings, and its 3D model with a picture. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { convertCircuitJsonToGltf } from "circuit-json-to-gltf";
import { convertCircuitJsonToAssemblySvg, convertCircuitJsonToPcbSvg, convertCircuitJsonToSchematicSvg } from "circuit-to-svg";
import { pictureModel } from "../lib/model-picture.mjs";
import { readJob, shorten, writeOutput } from "../lib/package-files.mjs";
import { rasterise } from "../lib/rasterise.mjs";

const PICTURE_WIDTH = 1600;
const MODEL_PICTURE = { width: 1024, height: 768 };

const DRAWINGS = [
  {
    name: "pcb",
    draw: (circuitJson) =>
      convertCircuitJsonToPcbSvg(circuitJson, { matchBoardAspectRatio: true, width: 1000, height: 750, shouldDrawErrors: true }),
  },
  { name: "schematic", draw: (circuitJson) => convertCircuitJsonToSchematicSvg(circuitJson, { width: 1200, height: 800 }) },
  { name: "assembly", draw: (circuitJson) => convertCircuitJsonToAssemblySvg(circuitJson, { width: 1000, height: 750 }) },
];

function drawFlat({ drawing, circuitJson, put }) {
  const svg = drawing.draw(circuitJson);
  put(`${drawing.name}.svg`, svg, "image/svg+xml");
  put(`${drawing.name}.png`, rasterise({ svg, width: PICTURE_WIDTH }), "image/png");
}

async function drawModel({ circuitJson, put }) {
  const glb = await convertCircuitJsonToGltf(circuitJson, { format: "glb", boardTextureResolution: 1024 });
  put("3d.glb", new Uint8Array(glb), "model/gltf-binary");
  put("3d.png", await pictureModel({ glb, ...MODEL_PICTURE }), "image/png");
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
    for (const drawing of DRAWINGS) await attempt(drawing.name, () => drawFlat({ drawing, circuitJson, put }));
    await attempt("3d", () => drawModel({ circuitJson, put }));
  }
  return { outputs, failures };
}
