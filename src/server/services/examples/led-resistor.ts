import type { Example } from "./list-examples";

/** The smallest board that does something. */
export const ledResistor: Example = {
  slug: "led-resistor",
  title: "An LED and its resistor",
  description: "The smallest useful board: power in on two pins, a resistor, a light.",
  kind: "circuit",
  files: {
    "index.tsx": `export default () => (
  <board width="20mm" height="12mm">
    <pinheader name="J1" pinCount={2} pcbX={-7} pcbRotation={90} schX={-4} pinLabels={["VCC", "GND"]} />
    <resistor name="R1" resistance="330" footprint="0402" pcbX={0} schX={0} />
    <led name="D1" color="red" footprint="0603" pcbX={5} schX={3} />
    <trace from=".J1 > .VCC" to=".R1 > .pin1" />
    <trace from=".R1 > .pin2" to=".D1 > .anode" />
    <trace from=".D1 > .cathode" to=".J1 > .GND" />
  </board>
)
`,
    "README.md": `# An LED and its resistor

Give it 5 V on \`J1\` and it lights up. Change the resistance in \`index.tsx\` and watch what goes stale.
`,
  },
};
