import type { PipelineExample } from "../../define";

export const indicatorLights: PipelineExample = {
  slug: "indicator-lights",
  title: "Indicator lights",
  description: "Two lights with their resistors on one small board, from a component of its own.",
  files: [
    {
      path: "README.md",
      content: `# Indicator lights

Two lights with their resistors: one shows that power is there, one follows a signal. Change a colour in \`index.tsx\` and rebuild.
`,
    },
    {
      path: "index.tsx",
      content: `import { IndicatorLight } from "./lib/indicator-light"

/** A header for 3–5 V and a signal, a power light and a signal light. */
export default () => (
  <board width="24mm" height="16mm" title="Indicator lights">
    <pinheader
      name="J1"
      pinCount={3}
      pitch="2.54mm"
      gender="male"
      pinLabels={["VCC", "SIG", "GND"]}
      pcbX={-8.5}
      pcbRotation={90}
      schX={-4}
      connections={{ VCC: "net.VCC", SIG: "net.SIG", GND: "net.GND" }}
    />
    <IndicatorLight label="PWR" index={1} color="green" from="net.VCC" pcbY={3.5} schY={1.2} />
    <IndicatorLight label="SIG" index={2} color="red" from="net.SIG" pcbY={-3.5} schY={-1.2} />
  </board>
)
`,
    },
    {
      path: "lib/indicator-light.tsx",
      content: `interface IndicatorLightProps {
  label: string
  index: number
  color: string
  /** Net that switches the light on. */
  from: string
  pcbY: number
  schY: number
}

/** A light with its series resistor: 1 kΩ draws about 3 mA at 5 V. */
export const IndicatorLight = ({ label, index, color, from, pcbY, schY }: IndicatorLightProps) => (
  <>
    <resistor
      name={\`R\${index}\`}
      resistance="1k"
      footprint="0603"
      pcbX={-1}
      pcbY={pcbY}
      schX={-0.5}
      schY={schY}
      connections={{ pin1: from }}
    />
    <led
      name={\`D\${index}\`}
      color={color}
      footprint="0805"
      pcbX={6}
      pcbY={pcbY}
      schX={2}
      schY={schY}
      connections={{ cathode: "net.GND" }}
    />
    <trace name={\`light_\${index}\`} from={\`.R\${index} > .pin2\`} to={\`.D\${index} > .anode\`} />
    <silkscreentext text={label} fontSize="1.2mm" pcbX={9.6} pcbY={pcbY} />
  </>
)
`,
    },
  ],
};
