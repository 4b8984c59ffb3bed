import type { Example } from "./list-examples";

/** A chip with named pins, parts of its own in a second file. */
export const timerBlinker: Example = {
  slug: "timer-blinker",
  title: "A blinking timer",
  description: "A 555 timer as an oscillator: a chip with named pins and a part kept in its own file.",
  kind: "circuit",
  files: {
    "index.tsx": `import { Timer } from "./lib/timer"

export default () => (
  <board width="32mm" height="24mm">
    <pinheader name="J1" pinCount={2} pcbX={-13} pcbRotation={90} schX={-8} pinLabels={["VCC", "GND"]} />
    <Timer name="U1" />
    <resistor name="R1" resistance="10k" footprint="0603" pcbX={-4} pcbY={8} schX={-4} schY={3} />
    <resistor name="R2" resistance="47k" footprint="0603" pcbX={4} pcbY={8} schX={-4} schY={-3} />
    <capacitor name="C1" capacitance="10uF" footprint="0805" pcbX={-4} pcbY={-8} schX={0} schY={-4} />
    <resistor name="R3" resistance="330" footprint="0603" pcbX={9} pcbY={3} schX={5} schY={1} />
    <led name="D1" color="green" footprint="0603" pcbX={11} pcbY={-3} schX={8} schY={1} />

    <trace from=".J1 > .VCC" to=".U1 > .VCC" />
    <trace from=".J1 > .VCC" to=".U1 > .RESET" />
    <trace from=".J1 > .GND" to=".U1 > .GND" />
    <trace from=".R1 > .pin1" to=".U1 > .VCC" />
    <trace from=".R1 > .pin2" to=".U1 > .DISCH" />
    <trace from=".R2 > .pin1" to=".U1 > .DISCH" />
    <trace from=".R2 > .pin2" to=".U1 > .THRES" />
    <trace from=".U1 > .THRES" to=".U1 > .TRIG" />
    <trace from=".C1 > .pin1" to=".U1 > .TRIG" />
    <trace from=".C1 > .pin2" to=".U1 > .GND" />
    <trace from=".U1 > .OUT" to=".R3 > .pin1" />
    <trace from=".R3 > .pin2" to=".D1 > .anode" />
    <trace from=".D1 > .cathode" to=".U1 > .GND" />
  </board>
)
`,
    "lib/timer.tsx": `/** A 555 timer in an SOIC-8 package. */
export const Timer = ({ name }: { name: string }) => (
  <chip
    name={name}
    footprint="soic8"
    manufacturerPartNumber="NE555DR"
    pinLabels={{ pin1: "GND", pin2: "TRIG", pin3: "OUT", pin4: "RESET", pin5: "CTRL", pin6: "THRES", pin7: "DISCH", pin8: "VCC" }}
  />
)
`,
    "README.md": `# A blinking timer

A 555 as an oscillator. \`R1\`, \`R2\` and \`C1\` set how fast \`D1\` blinks: about once a second with these values.
`,
  },
};
