/** The same package gives the same bytes, and a change that changes no code gives the same modules: what reuse stands on. */
import { describe, expect, it } from "vitest";
import { EXAMPLES } from "~/pipelines/circuit/examples";
import { digestsOf } from "../../support/stage-context";
import { openCircuit } from "./circuit-harness";

const circuit = openCircuit();

describe("a package built twice", () => {
  it("gives the same bytes in every stage, although it takes random numbers", { timeout: 180_000 }, async () => {
    const example = EXAMPLES.find((one) => one.slug === "555-blinker");
    const files = Object.fromEntries((example?.files ?? []).map(({ path, content }) => [path, content]));
    const random = { ...files, "index.tsx": `${files["index.tsx"]}\nconsole.log(Math.random())\nexport const seed = [Math.random(), crypto.randomUUID()].join()\n`.replace("<board ", "<board name={seed} ") };
    const first = await circuit.run({ files: random });
    const second = await circuit.run({ files: random });
    for (const key of Object.keys(first)) {
      expect(first[key]?.artifacts.length, `${key}: ${first[key]?.log}`).toBeGreaterThan(0);
      expect(digestsOf(second[key]), key).toEqual(digestsOf(first[key]));
    }
    expect(second.circuit_json_build?.log).toBe(first.circuit_json_build?.log);
  });
});

describe("a change of one file", () => {
  const SOURCE = `import { Part } from "./part"\nexport default () => <board width="10mm" height="10mm"><Part name="R1" /></board>\n`;
  const PART = `interface PartProps {\n  name: string\n}\nexport const Part = (props: PartProps) => <resistor name={props.name} resistance="1k" footprint="0402" />\n`;
  const transpile = async (part: string) => {
    const { transpilation } = await circuit.run({ only: ["transpilation"], files: { "index.tsx": SOURCE, "part.tsx": part } });
    expect(transpilation?.outcome.status, transpilation?.log).toBe("successful");
    return digestsOf(transpilation);
  };

  it("of comments and blank lines alone changes no output", async () => {
    expect(await transpile(`// a remark\n\n/** Documented. */\n${PART.replace("name: string", "/** Reference. */\n  name: string // unique")}\n`)).toEqual(await transpile(PART));
  });

  it("of types alone changes the declarations and no module", async () => {
    const [before, after] = [await transpile(PART), await transpile(PART.replace("name: string", "name: string\n  more?: number"))];
    const changed = after.filter((line) => !before.includes(line));
    expect(changed.map((line) => line.split(" ")[0])).toEqual(["types/part.d.ts"]);
  });

  it("of code changes its modules alone", async () => {
    const [before, after] = [await transpile(PART), await transpile(PART.replace("1k", "2k"))];
    const changed = after.filter((line) => !before.includes(line));
    expect(changed.map((line) => line.split(" ")[0])).toEqual(["cjs/part.js", "esm/part.js"]);
  });
});
