/** Stage `fabrication_files`: every board's Circuit JSON → what a manufacturer needs: gerbers with drills, placement, parts, netlist. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { convertBomRowsToCsv, convertCircuitJsonToBomRows } from "circuit-json-to-bom-csv";
import { convertCircuitJsonToGerberFiles } from "circuit-json-to-gerber";
import { convertCircuitJsonToPickAndPlaceCsv } from "circuit-json-to-pnp-csv";
import { convertCircuitJsonToReadableNetlist } from "circuit-json-to-readable-netlist";
import { strToU8, zipSync } from "fflate";
import { readJob, writeOutput } from "../../runner/job-files.mjs";

/** The first moment a zip can name: the same board must give the same bytes. Local time, as the format has no zone. */
const ZIP_TIME = new Date(1980, 0, 1);

/** Comments and attributes of gerber and drill files carry the time of their making, which is no part of the board. */
function withoutTimes(text) {
  return text.replace(/^(?:%TF\.CreationDate|G04 |;).*$/gm, (line) => line.replace(/\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-]\d\d:\d\d)?/g, "1980-01-01T00:00:00Z"));
}

function zipGerbers(circuitJson) {
  const files = convertCircuitJsonToGerberFiles(circuitJson);
  const names = Object.keys(files).sort();
  const entries = names.map((name) => [name, [strToU8(withoutTimes(files[name])), { mtime: ZIP_TIME, level: 6 }]]);
  return { zip: zipSync(Object.fromEntries(entries)), layers: names.length };
}

/** Footprints by component: the converter of the parts list asks for them and does not read them itself. */
function createPartResolver(circuitJson) {
  const models = circuitJson.filter((element) => element.type === "cad_component" && typeof element.footprinter_string === "string");
  const footprints = new Map(models.map((model) => [model.pcb_component_id, model.footprinter_string]));
  return async ({ pcb_component: component }) => ({ footprint: footprints.get(component.pcb_component_id) ?? "" });
}

/** Rows below the heading; a table of nothing has no heading either. */
const countRows = (csv) => Math.max(0, csv.split("\n").filter((line) => line.trim() !== "").length - 1);

/** Job: `{boards: [{name, file}]}`; Circuit JSON below `files/`. */
export async function run({ inputDir, outputDir }) {
  const { boards } = readJob({ inputDir });
  const outputs = [];
  const made = [];
  for (const board of boards) {
    const circuitJson = JSON.parse(readFileSync(path.join(inputDir, "files", board.file), "utf8"));
    const put = (name, content, mediaType) => {
      outputs.push(writeOutput({ outputDir, name: `boards/${board.name}/${name}`, content, mediaType }));
    };
    const { zip, layers } = zipGerbers(circuitJson);
    const warnings = [];
    const placement = convertCircuitJsonToPickAndPlaceCsv(circuitJson, { onRotationWarning: (warning) => warnings.push(warning.message) });
    const parts = convertBomRowsToCsv(await convertCircuitJsonToBomRows({ circuitJson, resolvePart: createPartResolver(circuitJson) }));
    put("gerbers.zip", zip, "application/zip");
    put("pick-and-place.csv", placement, "text/csv");
    put("bom.csv", parts, "text/csv");
    put("netlist.txt", convertCircuitJsonToReadableNetlist(circuitJson), "text/plain");
    made.push({ board: board.name, files: layers, placements: countRows(placement), parts: countRows(parts), warnings });
  }
  return { outputs, boards: made };
}
