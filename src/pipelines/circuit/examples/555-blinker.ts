import type { PipelineExample } from "../../define";

export const blinker: PipelineExample = {
  slug: "555-blinker",
  title: "555 blinker",
  description: "A timer chip makes a light blink; its speed comes from a JSON file.",
  files: [
    {
      path: "README.md",
      content: `# 555 blinker

A timer chip switches a light about twice a second. The speed comes from \`timing.json\`: a larger capacitor blinks more slowly.
`,
    },
    {
      path: "index.tsx",
      content: `import timing from "./timing.json"
import { Timer555 } from "./lib/timer-555"

/** A light that blinks about twice a second, from a 5 V supply. */
export default () => (
  <board width="32mm" height="22mm" title="555 blinker">
    <pinheader
      name="J1"
      pinCount={2}
      pitch="2.54mm"
      pinLabels={["V5", "GND"]}
      pcbX={-12.5}
      pcbRotation={90}
      schX={-6.4}
      connections={{ V5: "net.V5", GND: "net.GND" }}
    />
    <Timer555 name="U1" pcbX={0} pcbY={0} schX={0} schY={0} />

    <resistor name="R1" resistance={timing.chargeResistor} footprint="0603" pcbX={-7} pcbY={6} schX={-3.5} schY={2.6} schRotation={90}
      connections={{ pin2: "net.V5" }} />
    <resistor name="R2" resistance={timing.dischargeResistor} footprint="0603" pcbX={0} pcbY={6} schX={-3.5} schY={0.6} schRotation={90} />
    <capacitor name="C1" capacitance={timing.capacitor} footprint="0805" pcbX={-7} pcbY={-6} schX={-3.5} schY={-1.8} schRotation={-90}
      connections={{ pin2: "net.GND" }} />
    <trace name="discharge" from=".R1 > .pin1" to=".U1 > .DISCHARGE" />
    <trace name="discharge_lower" from=".R2 > .pin2" to=".U1 > .DISCHARGE" />
    <trace name="threshold" from=".R2 > .pin1" to=".U1 > .THRESHOLD" />
    <trace name="threshold_capacitor" from=".C1 > .pin1" to=".U1 > .THRESHOLD" />
    <trace name="trigger" from=".U1 > .TRIGGER" to=".U1 > .THRESHOLD" />

    <capacitor name="C2" capacitance="10nF" footprint="0603" pcbX={1} pcbY={-6} schX={2.6} schY={-1.8} schRotation={-90}
      connections={{ pin2: "net.GND" }} />
    <trace name="control" from=".C2 > .pin1" to=".U1 > .CONTROL" />

    <resistor name="R3" resistance="470" footprint="0603" pcbX={8} pcbY={2.5} schX={3.4} schY={0.9} />
    <led name="D1" color="red" footprint="0805" pcbX={12} pcbY={-3} pcbRotation={-90} schX={5.4} schY={0.9}
      connections={{ cathode: "net.GND" }} />
    <trace name="output" from=".U1 > .OUTPUT" to=".R3 > .pin1" />
    <trace name="light" from=".R3 > .pin2" to=".D1 > .anode" />
    <silkscreentext text="BLINK" fontSize="1.4mm" pcbX={12} pcbY={-7.6} />
  </board>
)
`,
    },
    {
      path: "timing.json",
      content: `{
  "chargeResistor": "10k",
  "dischargeResistor": "33k",
  "capacitor": "10uF"
}
`,
    },
    {
      path: "lib/timer-555.tsx",
      content: `import type { ChipProps } from "tscircuit"

const pinLabels = {
  pin1: "GND",
  pin2: "TRIGGER",
  pin3: "OUTPUT",
  pin4: "RESET",
  pin5: "CONTROL",
  pin6: "THRESHOLD",
  pin7: "DISCHARGE",
  pin8: "VCC",
} as const

/** A 555 timer, always enabled. */
export const Timer555 = (props: ChipProps<typeof pinLabels>) => (
  <chip
    footprint="soic8"
    manufacturerPartNumber="NE555DR"
    pinLabels={pinLabels}
    pinAttributes={{ VCC: { requiresPower: true }, GND: { requiresGround: true } }}
    schWidth={2.4}
    schPinArrangement={{
      leftSide: { pins: ["DISCHARGE", "THRESHOLD", "TRIGGER"], direction: "top-to-bottom" },
      rightSide: { pins: ["OUTPUT", "CONTROL"], direction: "top-to-bottom" },
      topSide: { pins: ["RESET", "VCC"], direction: "left-to-right" },
      bottomSide: { pins: ["GND"], direction: "left-to-right" },
    }}
    connections={{ VCC: "net.V5", RESET: "net.V5", GND: "net.GND" }}
    {...props}
  />
)
`,
    },
  ],
};
