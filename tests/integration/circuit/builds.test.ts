/** Packages that build: what comes out of each stage. */
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { EXAMPLES } from "~/pipelines/circuit/examples";
import { openCircuit, reportOf, textOf } from "./circuit-harness";

const circuit = openCircuit();

const LIGHT = `export const Light = (props: { name: string; pcbX?: number }) => <led name={props.name} color="red" footprint="0603" pcbX={props.pcbX} />\n`;

describe("a package of one board with a folder and a JSON file", () => {
  const files = {
    "index.tsx": `import { Light } from "./lib/light"
import size from "./size.json"
export default () => (
  <board width={size.width} height={size.height}>
    <resistor name="R1" resistance="1k" footprint="0402" pcbX={-4} />
    <Light name="D1" pcbX={4} />
    <hole diameter="2mm" pcbX={0} pcbY={6} />
    <trace name="light" from=".R1 > .pin2" to=".D1 > .anode" />
  </board>
)
`,
    "lib/light.tsx": LIGHT,
    "size.json": `{ "width": "20mm", "height": "18mm" }\n`,
    "README.md": "# not a source\n",
    "node_modules/evil/index.ts": "this is not TypeScript",
  };

  it("gives modules, Circuit JSON, pictures and fabrication files", { timeout: 120_000 }, async () => {
    const runs = await circuit.run({ files });
    for (const [key, run] of Object.entries(runs)) expect.soft(run.outcome.status, `${key}: ${run.log}`).toBe("successful");

    const modules = runs.transpilation;
    expect(modules?.artifacts.map((artifact) => artifact.name).sort()).toEqual([
      "cjs/index.js", "cjs/lib/light.js", "cjs/package.json", "cjs/size.json",
      "esm/index.js", "esm/lib/light.js", "esm/package.json", "esm/size.json",
      "types/index.d.ts", "types/lib/light.d.ts",
    ]);
    expect(await textOf(modules, "esm/index.js")).toContain(`from "./lib/light.js"`);
    expect(await textOf(modules, "esm/index.js")).toContain(`from "./size.json" with { type: "json" }`);
    expect(await textOf(modules, "cjs/index.js")).toContain(`require("./lib/light.js")`);
    expect(await textOf(modules, "types/lib/light.d.ts")).toContain("name: string");

    const circuitJson: unknown = JSON.parse(await textOf(runs.circuit_json_build, "boards/index/circuit.json"));
    expect(circuitJson).toContainEqual(expect.objectContaining({ type: "pcb_board", width: 20, height: 18 }));
    expect(circuitJson).toContainEqual(expect.objectContaining({ type: "source_component", name: "D1" }));
    expect(reportOf(runs.circuit_json_build)).toMatchObject({ errorCount: 0, facts: { boards: 1, components: 2, supplier_lookups: "off" } });

    const pictures = runs.image_generation?.artifacts ?? [];
    expect(pictures.map((artifact) => artifact.name).sort()).toEqual(
      ["3d.glb", "3d.png", "assembly.png", "assembly.svg", "pcb.png", "pcb.svg", "schematic.png", "schematic.svg"].map((name) => `boards/index/${name}`),
    );
    for (const picture of pictures) {
      const head = Buffer.from((await picture.read()).subarray(0, 8)).toString("latin1");
      const expected = { "image/png": "\u0089PNG\r\n\u001a\n", "image/svg+xml": "<svg", "model/gltf-binary": "glTF" }[picture.mediaType];
      expect(head, picture.name).toContain(expected);
    }

    expect(runs.fabrication_files?.artifacts.map((artifact) => artifact.name).sort()).toEqual(["bom.csv", "gerbers.zip", "netlist.txt", "pick-and-place.csv"].map((name) => `boards/index/${name}`));
    const zip = await runs.fabrication_files?.artifacts.find((artifact) => artifact.name.endsWith("gerbers.zip"))?.read();
    const gerbers = unzipSync(zip ?? new Uint8Array());
    expect(Object.keys(gerbers)).toEqual(expect.arrayContaining(["F_Cu.gbr", "B_Cu.gbr", "Edge_Cuts.gbr"]));
    const drills = Object.entries(gerbers).filter(([name]) => name.endsWith(".drl")).map(([, content]) => strFromU8(content)).join("\n");
    expect(drills).toMatch(/^T\d+C2\.0/m);
    expect(await textOf(runs.fabrication_files, "boards/index/bom.csv")).toMatch(/^R1,1k,1k,res0402/m);
    expect(await textOf(runs.fabrication_files, "boards/index/pick-and-place.csv")).toMatch(/^D1,4\.000,0\.000,top,/m);
    expect(await textOf(runs.fabrication_files, "boards/index/netlist.txt")).toMatch(/R1 pin2/);
  });
});

const board = (name: string, extra = "") => `export default () => (<board width="10mm" height="10mm"><resistor name="${name}" resistance="1k" footprint="0402" />${extra}</board>)\n`;

describe("boards of a package", () => {
  const only = ["transpilation", "circuit_json_build"];

  it("builds each into a folder of its own, and the one an index only hands on once", async () => {
    const runs = await circuit.run({
      only,
      files: { "index.tsx": `export { default } from "./power.board"\n`, "power.board.tsx": board("R1"), "usb.circuit.tsx": board("R2"), "lib/part.tsx": LIGHT },
    });
    expect(runs.circuit_json_build?.artifacts.map((artifact) => artifact.name)).toEqual(["boards/index/circuit.json", "boards/usb/circuit.json"]);
    expect(runs.circuit_json_build?.log).toContain("power.board.tsx exports the same board as index: built once");
    expect(await textOf(runs.circuit_json_build, "boards/usb/circuit.json")).toContain('"R2"');
  });

  it("builds only the entry that tscircuit.config.json names", async () => {
    const runs = await circuit.run({
      only,
      files: { "tscircuit.config.json": `{ "mainEntrypoint": "./boards/main.tsx" }`, "index.tsx": board("R1"), "boards/main.tsx": board("R7") },
    });
    expect(runs.circuit_json_build?.artifacts.map((artifact) => artifact.name)).toEqual(["boards/main/circuit.json"]);
  });

  it("lets the build's options name the entries before everything else", async () => {
    const runs = await circuit.run({
      only,
      options: { entries: ["a.tsx", "b.tsx"] },
      files: { "tscircuit.config.json": `{ "mainEntrypoint": "index.tsx" }`, "index.tsx": board("R1"), "a.tsx": board("R2"), "b.tsx": board("R3") },
    });
    expect(runs.circuit_json_build?.artifacts.map((artifact) => artifact.name)).toEqual(["boards/a/circuit.json", "boards/b/circuit.json"]);
  });

  it("takes an index that is no board as a remark beside boards that are", async () => {
    const runs = await circuit.run({ only, files: { "index.ts": `export const version = 3\n`, "main.board.tsx": board("R1") } });
    expect(runs.circuit_json_build?.outcome.status, runs.circuit_json_build?.log).toBe("successful");
    expect(reportOf(runs.circuit_json_build).findings).toContainEqual(expect.objectContaining({ severity: "warning", code: "no_board", subject: "index" }));
  });

  it("resolves the aliases of the package's tsconfig.json", async () => {
    const runs = await circuit.run({
      only,
      files: {
        "tsconfig.json": `{ // aliases\n "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["lib/*"] } } }`,
        "index.tsx": `import { Light } from "@/light"\nexport default () => <board width="10mm" height="10mm"><Light name="D1" /></board>\n`,
        "lib/light.tsx": LIGHT,
      },
    });
    expect(runs.circuit_json_build?.outcome.status, runs.transpilation?.log).toBe("successful");
    expect(await textOf(runs.transpilation, "esm/index.js")).toContain(`from "./lib/light.js"`);
  });

  it("imports a footprint file of the package", async () => {
    const footprint = `(footprint "Two" (layer "F.Cu")
  (pad "1" smd rect (at -1.25 0) (size 1 2) (layers "F.Cu" "F.Paste" "F.Mask"))
  (pad "2" smd rect (at 1.25 0) (size 1 2) (layers "F.Cu" "F.Paste" "F.Mask"))
)\n`;
    const runs = await circuit.run({
      only,
      files: {
        "tsconfig.json": `{ "compilerOptions": { "baseUrl": "." } }`,
        "index.tsx": `import two from "parts/two.kicad_mod"\nexport default () => <board width="10mm" height="10mm"><chip name="U1" footprint={two} /></board>\n`,
        "parts/two.kicad_mod": footprint,
      },
    });
    expect(runs.circuit_json_build?.outcome.status, runs.circuit_json_build?.log).toBe("successful");
    const circuitJson: unknown = JSON.parse(await textOf(runs.circuit_json_build, "boards/index/circuit.json"));
    expect(circuitJson).toContainEqual(expect.objectContaining({ type: "pcb_smtpad", x: 1.25, width: 1, height: 2 }));
  });

  it("prints what the package's code prints", async () => {
    const runs = await circuit.run({ only, files: { "index.tsx": `console.log("hello from", "the board")\n${board("R1")}` } });
    expect(runs.circuit_json_build?.log).toContain("hello from the board");
  });

  it("groups the circuit's warnings in the log and counts them in the report", async () => {
    const parts = Array.from({ length: 4 }, (_, index) => `<resistor name="R${index + 2}" resistance="1k" footprint="0402" pcbX={${(index - 1.5) * 2.2}} pcbY={3} />`).join("");
    const runs = await circuit.run({ only, files: { "index.tsx": board("R1", parts) } });
    const report = reportOf(runs.circuit_json_build);
    const missing = report.findings.filter((finding) => finding.code === "source_pin_missing_trace_warning");
    expect(missing).toHaveLength(10);
    expect(report).toMatchObject({ errorCount: 0, warningCount: report.findings.length });
    expect(runs.circuit_json_build?.log).toContain("warning source_pin_missing_trace_warning × 10");
    expect(runs.circuit_json_build?.log).toContain("… and 7 more");
  });
});

describe.each(EXAMPLES)("the example $slug", ({ files }) => {
  it("builds without an error", { timeout: 120_000 }, async () => {
    const runs = await circuit.run({ files: Object.fromEntries(files.map(({ path, content }) => [path, content])) });
    for (const [key, run] of Object.entries(runs)) expect.soft(run.outcome.status, `${key}: ${run.log}`).toBe("successful");
    expect(reportOf(runs.transpilation)).toMatchObject({ errorCount: 0, warningCount: 0 });
    expect(reportOf(runs.circuit_json_build).errorCount).toBe(0);
    expect(reportOf(runs.image_generation).findings).toEqual([]);
  });
});

it("keeps every line that a package prints, also in one go at its end or before it ends itself", { timeout: 120_000 }, async () => {
  const count = 30_000;
  const printing = (last: string) => ({
    "index.tsx": `for (let i = 1; i <= ${count}; i++) console.log("line " + i + " " + "x".repeat(60))\n${last}export default () => <board width="10mm" height="10mm" />\n`,
  });
  for (const last of ["", "process.exit(0)\n"]) {
    const { circuit_json_build: run } = await circuit.run({ files: printing(last), only: ["transpilation", "circuit_json_build"] });
    const printed = [...(run?.log ?? "").matchAll(/line (\d+) x/g)].map((match) => Number(match[1]));
    expect(printed).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  }
});

it("builds a board without any part", { timeout: 120_000 }, async () => {
  const runs = await circuit.run({ files: { "index.tsx": `export default () => <board width="5mm" height="5mm" />\n` } });
  for (const [key, run] of Object.entries(runs)) expect.soft(run.outcome.status, `${key}: ${JSON.stringify(run.outcome)} ${run.log}`).toBe("successful");
});
