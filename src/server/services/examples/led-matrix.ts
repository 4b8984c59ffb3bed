import type { Example } from "./list-examples";

/** Two boards in one package, made by code. */
export const ledMatrix: Example = {
  slug: "led-matrix",
  title: "A row of lights, two boards",
  description: "Parts placed by code, and two boards in one package: each gets its own pictures and fabrication files.",
  kind: "circuit",
  files: {
    "index.tsx": `import { LightRow } from "./lib/light-row"

export default () => <LightRow count={4} color="red" />
`,
    "short.board.tsx": `import { LightRow } from "./lib/light-row"

export default () => <LightRow count={2} color="blue" />
`,
    "lib/light-row.tsx": `interface LightRowProps {
  count: number
  color: string
}

const PITCH = 6

/** \`count\` lights beside each other, each with its own resistor, all between the two pins of J1. */
export const LightRow = ({ count, color }: LightRowProps) => (
  <board width={\`\${count * PITCH + 12}mm\`} height="16mm">
    <pinheader name="J1" pinCount={2} pcbX={-(count * PITCH) / 2 - 3} pcbRotation={90} schX={-5} pinLabels={["VCC", "GND"]} />
    {Array.from({ length: count }, (_, index) => {
      const x = (index - (count - 1) / 2) * PITCH + 2
      return (
        <group key={index}>
          <resistor name={\`R\${index + 1}\`} resistance="470" footprint="0603" pcbX={x} pcbY={4} schX={index * 3} schY={2} />
          <led name={\`D\${index + 1}\`} color={color} footprint="0603" pcbX={x} pcbY={-3} schX={index * 3} schY={-1} />
          <trace from=".J1 > .VCC" to={\`.R\${index + 1} > .pin1\`} />
          <trace from={\`.R\${index + 1} > .pin2\`} to={\`.D\${index + 1} > .anode\`} />
          <trace from={\`.D\${index + 1} > .cathode\`} to=".J1 > .GND" />
        </group>
      )
    })}
  </board>
)
`,
    "README.md": `# A row of lights

\`index.tsx\` makes a board with four lights, \`short.board.tsx\` one with two. Both use \`lib/light-row.tsx\`.
`,
  },
};
