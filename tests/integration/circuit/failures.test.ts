/** Packages that fail: each with its own code, a message that says what to do, and the place in the author's file. */
import { describe, expect, it } from "vitest";
import { failureOf, openCircuit, reportOf } from "./circuit-harness";

const circuit = openCircuit();
const GOOD = `export default () => <board width="10mm" height="10mm"><resistor name="R1" resistance="1k" footprint="0402" /></board>\n`;
const build = async (files: Record<string, string>, options?: Record<string, unknown>) => {
  const runs = await circuit.run({ files, options, only: ["transpilation", "circuit_json_build"] });
  return { transpilation: runs.transpilation, build: runs.circuit_json_build };
};

describe("transpilation", () => {
  it("shows a syntax error with its line and a caret", async () => {
    const { transpilation, build: blocked } = await build({ "index.tsx": GOOD, "lib/broken.ts": `export const a = 1\nexport const b = (2 +\n` });
    const error = failureOf(transpilation);
    expect(error).toMatchObject({ code: "syntax_error", location: { file: "lib/broken.ts", line: 2, column: 22 } });
    expect(transpilation?.log.split("\n")[(error.logLine ?? 0) - 1]).toContain("lib/broken.ts:2:22");
    expect(error.message).toMatch(/^lib\/broken\.ts:2:22 .*expected/);
    expect(error.location?.excerpt).toContain("> 2 | export const b = (2 +\n    |                      ^");
    expect(transpilation?.log).toContain("\u001b[31m> 2 |");
    expect(blocked?.outcome).toEqual({ status: "blocked", by: "transpilation" });
  });

  const MISTYPED = { "index.tsx": `const size: number = "10mm"\nexport default () => (\n  <board width={size} height="10mm">\n    <resistor name="R1" resistence="1k" footprint="0402" />\n  </board>\n)\n` };

  it("shows type errors, also in the props of components, with tscircuit's own types", async () => {
    const { transpilation } = await build(MISTYPED);
    expect(failureOf(transpilation)).toMatchObject({ code: "type_error", location: { file: "index.tsx", line: 1, column: 7 } });
    const report = reportOf(transpilation);
    expect(report.errorCount).toBe(2);
    expect(report.findings[1]).toMatchObject({ code: "type_error", message: expect.stringContaining("Did you mean 'resistance'"), location: { line: 4, column: 25 } });
  });

  it("lets type errors pass as warnings when asked to", async () => {
    const { transpilation } = await build({ "index.tsx": `const size: number = "10mm"\nexport default () => <board width={size} height="10mm" />\n` }, { type_errors: "warning" });
    expect(transpilation?.outcome.status).toBe("successful");
    expect(reportOf(transpilation)).toMatchObject({ errorCount: 0, warningCount: 1, findings: [{ severity: "warning", code: "type_error" }] });
  });

  it("names each import that leads nowhere, its place and what can be done", async () => {
    const cases = [
      [`import { a } from "./lib/missing"`, "./lib/missing", "No file of this package"],
      [`import lodash from "lodash"`, "lodash", "Builds have no network"],
      [`import { Usb } from "@tsci/someone.usb"`, "@tsci/someone.usb", "copy its source"],
      [`import "./setup"`, "./setup", "No file of this package"],
      [`import part from "./part.kicad_mod"`, "./part.kicad_mod", "No file of this package"],
      [`import symbol from "./part.kicad_sym"`, "./part.kicad_sym", "only footprints"],
    ] as const;
    const files = Object.fromEntries(cases.map(([statement], index) => [`case-${index}.ts`, `export {}\n${statement}\n`]));
    const { transpilation } = await build({ ...files, "part.kicad_sym": "()", "index.tsx": GOOD });
    expect(failureOf(transpilation)).toMatchObject({ code: "module_not_found", location: { file: "case-0.ts", line: 2, column: 19 } });
    const { findings } = reportOf(transpilation);
    expect(findings.filter((finding) => finding.code === "module_not_found")).toHaveLength(cases.length);
    for (const [index, [, specifier, reason]] of cases.entries()) {
      const finding = findings.find((one) => one.code === "module_not_found" && one.subject === `case-${index}.ts`);
      expect(finding, specifier).toMatchObject({ location: { line: 2 }, message: expect.stringContaining(`"${specifier}"`) });
      expect(finding?.message).toContain(reason);
    }
  });

  it("refuses two files that would become one module", async () => {
    const { transpilation } = await build({ "index.tsx": GOOD, "index.ts": "export {}\n" });
    expect(failureOf(transpilation)).toMatchObject({ code: "output_conflict", message: expect.stringContaining("rename one") });
  });
});

describe("circuit_json_build", () => {
  it("says what makes a board when there is none", async () => {
    const { build: run } = await build({ "lib/part.ts": "export const a = 1\n" });
    expect(failureOf(run)).toMatchObject({ code: "no_board", message: expect.stringContaining("add an index.tsx") });
  });

  it.each([
    ["exports nothing to render", `export const version = 1\n`, "exports no component"],
    ["exports several components", `export const A = () => <board />\nexport const B = () => <board />\n`, "several components (A, B)"],
    ["renders no board", `export default () => <resistor name="R1" resistance="1k" footprint="0402" />\n`, "no <board>"],
  ])("says so when the entry %s", async (_what, source, message) => {
    const { build: run } = await build({ "index.tsx": source });
    expect(failureOf(run)).toMatchObject({ code: "no_board", message: expect.stringContaining(message) });
  });

  it("names a configuration that can not be read", async () => {
    const { build: run } = await build({ "index.tsx": GOOD, "tscircuit.config.json": "{ mainEntrypoint" });
    expect(failureOf(run)).toMatchObject({ code: "invalid_config", location: { file: "tscircuit.config.json" } });
  });

  it("tells an exception by the line the author wrote", async () => {
    const { build: run } = await build({
      "index.tsx": `import { pick } from "./lib/pick"\n\n${GOOD.replace('"1k"', "{pick([])}")}`,
      "lib/pick.ts": `interface Part {\n  value: string\n}\n\n// a comment moves the line of the emitted module\nexport function pick(parts: Part[]): string {\n  const first: Part | undefined = parts[0]\n  if (first === undefined) throw new RangeError("no part to pick")\n  return first.value\n}\n`,
    });
    const error = failureOf(run);
    expect(error).toMatchObject({ code: "runtime_error", location: { file: "lib/pick.ts", line: 8 } });
    expect(error.message).toMatch(/^lib\/pick\.ts:8:\d+ RangeError: no part to pick$/);
    expect(error.location?.excerpt).toContain(">  8 |   if (first === undefined)");
    expect(run?.log).toContain("throw new RangeError");
  });

  it("tells a dynamic import that leads nowhere", async () => {
    const { build: run } = await build({ "index.tsx": `const name = "lod" + "ash"\nconst loaded = await import(name)\nconsole.log(loaded)\n${GOOD}` });
    expect(failureOf(run)).toMatchObject({ code: "module_not_found", message: expect.stringContaining('"lodash"'), location: { file: "index.tsx" } });
  });

  it("tells a rejection that nobody awaited", async () => {
    const { build: run } = await build({ "index.tsx": `void Promise.reject(new Error("forgotten"))\n${GOOD}` });
    expect(failureOf(run)).toMatchObject({ code: "runtime_error", message: expect.stringContaining("forgotten") });
  });

  it("needs no network to say that a footprint would", async () => {
    const { build: run } = await build({ "index.tsx": GOOD.replace('"0402"', '"kicad:Resistor_SMD/R_0402"') });
    const error = failureOf(run);
    expect(error.code).toBe("board_error");
    expect(error.message).toContain("network");
  });

  it("has no result when the package's code ends the process", async () => {
    const { build: run } = await build({ "index.tsx": `process.exit(0)\n${GOOD}` });
    expect(failureOf(run)).toMatchObject({ code: "no_result", message: expect.stringContaining("process.exit()") });
  });

  it("does not believe a result that the package's code wrote", async () => {
    const forged = `import { writeFileSync } from "node:fs"\nwriteFileSync("/out/result.json", JSON.stringify({ boards: "all of them" }))\nprocess.exit(0)\n${GOOD}`;
    const { build: run } = await build({ "index.tsx": forged });
    expect(failureOf(run)).toMatchObject({ code: "no_result", message: expect.stringContaining("wrong shape") });
  });

  it("does not believe a result that names boards of its own", async () => {
    const board = { status: "built", name: "../x", entry: "", artifact: "boards/../x/circuit.json", components: 1, traces: 1, elements: 1 };
    const forged = `import { writeFileSync } from "node:fs"\nwriteFileSync("/out/result.json", ${JSON.stringify(JSON.stringify({ errorCount: 0, warningCount: 0, findings: [], boards: [board], failure: null }))})\nprocess.exit(0)\n${GOOD}`;
    const { build: run } = await build({ "index.tsx": forged });
    expect(failureOf(run)).toMatchObject({ code: "no_result" });
    expect(run?.artifacts).toEqual([]);
  });

  it("ends an endless loop at its limit", { timeout: 300_000 }, async () => {
    const runs = await circuit.run({ only: ["transpilation", "circuit_json_build"], limits: { circuit_json_build: { cpuSeconds: 3, wallMs: 240_000 } }, files: { "index.tsx": `while (true) {}\n${GOOD}` } });
    const run = runs.circuit_json_build;
    expect(failureOf(run)).toMatchObject({ code: "time_limit", message: expect.stringContaining("endless loop") });
    expect(run?.executions[0]?.limitHit).toBe("cpuSeconds");
  });

  it("ends a render that waits for ever", async () => {
    const runs = await circuit.run({ only: ["transpilation", "circuit_json_build"], limits: { circuit_json_build: { wallMs: 8_000 } }, files: { "index.tsx": `await new Promise((resolve) => setInterval(resolve, 1e9))\n${GOOD}` } });
    expect(failureOf(runs.circuit_json_build)).toMatchObject({ code: "time_limit", message: expect.stringContaining("never settles") });
  });

  it.each([
    ["buffers of 2 GB", `const hoard = Array.from({ length: 32 }, () => Buffer.alloc(64 * 1024 * 1024, 1))\nconsole.log(hoard.length)`],
    ["one buffer of 2 GB", `console.log(new Uint8Array(2 * 1024 ** 3).fill(1).length)`],
    ["objects of 2 GB", `const hoard: number[][] = []\nwhile (true) hoard.push(new Array(100_000).fill(0).map((_, index) => index + 0.5))`],
  ])("ends %s at the memory limit", { timeout: 300_000 }, async (_what, statement) => {
    // Time enough on a busy machine: the memory limit is what must end it.
    const runs = await circuit.run({ only: ["transpilation", "circuit_json_build"], limits: { circuit_json_build: { cpuSeconds: 200, wallMs: 240_000 } }, files: { "index.tsx": `${statement}\n${GOOD}` } });
    const run = runs.circuit_json_build;
    expect(failureOf(run)).toMatchObject({ code: "memory_limit", message: expect.stringContaining("memory") });
  });
});

describe("a board with errors", () => {
  const OVERLAP = `export default () => (\n  <board width="10mm" height="10mm">\n    <resistor name="R1" resistance="1k" footprint="0402" />\n    <resistor name="R2" resistance="1k" footprint="0402" pcbX={0.2} />\n  </board>\n)\n`;

  it("fails with the first one, keeps its Circuit JSON, is drawn, and is not fabricated", { timeout: 120_000 }, async () => {
    const runs = await circuit.run({ files: { "index.tsx": GOOD, "crowded.board.tsx": OVERLAP } });
    const run = runs.circuit_json_build;
    const error = failureOf(run);
    const report = reportOf(run);
    expect(error.code).toBe("board_error");
    expect(error.message).toContain(`Board crowded: ${report.findings[0]?.message}`);
    expect(report.errorCount).toBeGreaterThan(0);
    expect(report.findings[0]).toMatchObject({ severity: "error", subject: "crowded", code: expect.stringMatching(/_error$/) });
    expect(run?.artifacts.map((artifact) => artifact.name)).toEqual(["boards/index/circuit.json", "boards/crowded/circuit.json"]);
    expect(runs.image_generation?.outcome.status).toBe("successful");
    expect(runs.image_generation?.artifacts.map((artifact) => artifact.name)).toEqual(expect.arrayContaining(["boards/crowded/pcb.png", "boards/index/3d.glb"]));
    expect(runs.fabrication_files?.outcome).toEqual({ status: "blocked", by: "circuit_json_build" });
  });

  it("leaves nothing to draw when no board was rendered", async () => {
    const runs = await circuit.run({ files: { "index.tsx": `throw new Error("early")\n${GOOD}` }, only: ["transpilation", "circuit_json_build", "image_generation"] });
    expect(runs.image_generation?.outcome).toEqual({ status: "skipped", reason: expect.stringContaining("nothing to draw") });
  });
});
