/** A runner that was started before its job: it loads its tools, waits for the line, and then makes the same bytes. */
import { describe, expect, it } from "vitest";
import { digestsOf } from "../../support/stage-context";
import { openCircuit } from "./circuit-harness";

const cold = openCircuit();
const ahead = openCircuit({ warm: 1 });
/** With a nameless trace: the engine's warning about it names the trace. */
const files = {
  "index.tsx": `export default () => (
  <board width="14mm" height="10mm">
    <resistor name="R1" resistance="1k" footprint="0603" pcbX={-3} />
    <led name="D1" color="red" footprint="0805" pcbX={3} />
    <trace from=".R1 > .pin2" to=".D1 > .anode" />
  </board>
)
`,
};

describe("runners started ahead", () => {
  it("make the same bytes as cold ones", { timeout: 180_000 }, async () => {
    const expected = await cold.run({ files });
    // The first run leaves a process started ahead for each stage; the second takes them.
    await ahead.run({ files });
    const again = await ahead.run({ files });
    for (const key of Object.keys(expected)) {
      expect(again[key]?.outcome.status, `${key}: ${again[key]?.log}`).toBe("successful");
      expect(digestsOf(again[key]), key).toEqual(digestsOf(expected[key]));
    }
  });
});
