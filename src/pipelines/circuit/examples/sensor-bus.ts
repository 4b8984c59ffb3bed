import type { PipelineExample } from "../../define";

export const sensorBus: PipelineExample = {
  slug: "sensor-bus",
  title: "Sensor bus",
  description: "A microcontroller board and a temperature sensor: two boards that share their parts.",
  files: [
    {
      path: "README.md",
      content: `# Sensor bus

Two boards that share their parts: a small controller with its pins on headers, and a temperature sensor on the same bus.
Every file named \`*.board.tsx\` becomes a board of its own.
`,
    },
    {
      path: "controller.board.tsx",
      content: `import { Header } from "./lib/header"
import { MountingHoles } from "./lib/mounting-holes"
import { pins } from "./lib/pins"

/** An ATtiny85 with everything it needs to run, its pins on two headers. */
export default () => (
  <board width="36mm" height="28mm" title="Controller">
    <chip
      name="U1"
      footprint="soic8"
      manufacturerPartNumber="ATTINY85-20SU"
      pinLabels={pins}
      pinAttributes={{ VCC: { requiresPower: true }, GND: { requiresGround: true } }}
      schWidth={1.6}
      schPinArrangement={{
        leftSide: { pins: ["RESET", "PB3", "PB4", "GND"], direction: "top-to-bottom" },
        rightSide: { pins: ["VCC", "SCL", "PB1", "SDA"], direction: "top-to-bottom" },
      }}
      connections={{
        VCC: "net.VCC",
        GND: "net.GND",
        RESET: "net.RESET",
        SDA: "net.SDA",
        SCL: "net.SCL",
        PB1: "net.PB1",
        PB3: "net.PB3",
        PB4: "net.PB4",
      }}
    />
    <capacitor name="C1" capacitance="100nF" footprint="0603" pcbX={7} pcbY={4} pcbRotation={90} schX={2.6} schY={1.8} schRotation={-90}
      connections={{ pin1: "net.VCC", pin2: "net.GND" }} />
    <resistor name="R1" resistance="10k" footprint="0603" pcbX={-7} pcbY={4} pcbRotation={90} schX={-3} schY={1.8} schRotation={90}
      connections={{ pin1: "net.RESET", pin2: "net.VCC" }} />
    <pushbutton name="SW1" footprint="pushbutton" pcbX={0} pcbY={8.6} schX={-3} schY={-1.8}
      connections={{ pin1: "net.RESET", pin2: "net.GND" }} />
    <resistor name="R2" resistance="1k" footprint="0603" pcbX={-3} pcbY={-8} schX={1.8} schY={-2}
      connections={{ pin1: "net.PB1" }} />
    <trace name="light" from=".R2 > .pin2" to=".D1 > .anode" />
    <led name="D1" color="blue" footprint="0805" pcbX={3} pcbY={-8} schX={3.8} schY={-2} connections={{ cathode: "net.GND" }} />
    <Header name="J1" nets={["VCC", "SDA", "SCL", "GND"]} pcbX={-14} schX={-6.6} />
    <Header name="J2" nets={["PB1", "PB3", "PB4", "RESET"]} pcbX={14} schX={6.6} facing="left" />
    <MountingHoles width={36} height={28} />
  </board>
)
`,
    },
    {
      path: "sensor.board.tsx",
      content: `import { Header } from "./lib/header"

/** A temperature sensor on the same bus, on a board of its own. */
export default () => (
  <board width="20mm" height="16mm" title="Sensor">
    <chip
      name="U1"
      footprint="soic8"
      manufacturerPartNumber="LM75BD"
      pinLabels={{ pin1: "SDA", pin2: "SCL", pin3: "ALERT", pin4: "GND", pin5: "A2", pin6: "A1", pin7: "A0", pin8: "VCC" }}
      pinAttributes={{ VCC: { requiresPower: true }, GND: { requiresGround: true }, ALERT: { doNotConnect: true } }}
      pcbX={2.5}
      schWidth={1.6}
      schPinArrangement={{
        leftSide: { pins: ["SDA", "SCL", "ALERT"], direction: "top-to-bottom" },
        rightSide: { pins: ["VCC", "A0", "A1", "A2", "GND"], direction: "top-to-bottom" },
      }}
      connections={{ SDA: "net.SDA", SCL: "net.SCL", VCC: "net.VCC", GND: "net.GND", A0: "net.GND", A1: "net.GND", A2: "net.GND" }}
    />
    <capacitor name="C1" capacitance="100nF" footprint="0603" pcbX={7} pcbY={4.5} schX={2.8} schY={1.4} schRotation={-90}
      connections={{ pin1: "net.VCC", pin2: "net.GND" }} />
    <Header name="J1" nets={["VCC", "SDA", "SCL", "GND"]} pcbX={-6} schX={-4.4} />
  </board>
)
`,
    },
    {
      path: "lib/header.tsx",
      content: `interface HeaderProps {
  name: string
  /** Net of each pin, from the first. */
  nets: string[]
  pcbX: number
  schX: number
  facing?: "left" | "right"
}

/** An upright pin header whose pins carry the names of their nets. */
export const Header = ({ name, nets, pcbX, schX, facing = "right" }: HeaderProps) => (
  <pinheader
    name={name}
    pinCount={nets.length}
    pitch="2.54mm"
    pinLabels={nets}
    showSilkscreenPinLabels={false}
    pcbX={pcbX}
    pcbRotation={90}
    schX={schX}
    schFacingDirection={facing}
    connections={Object.fromEntries(nets.map((net) => [net, \`net.\${net}\`]))}
  />
)
`,
    },
    {
      path: "lib/mounting-holes.tsx",
      content: `interface MountingHolesProps {
  /** Of the board, in mm. */
  width: number
  height: number
}

/** Four M2 holes, 3 mm from the edges. */
export const MountingHoles = ({ width, height }: MountingHolesProps) => {
  const x = width / 2 - 3
  const y = height / 2 - 3
  return (
    <>
      <hole diameter="2.2mm" pcbX={-x} pcbY={-y} />
      <hole diameter="2.2mm" pcbX={x} pcbY={-y} />
      <hole diameter="2.2mm" pcbX={-x} pcbY={y} />
      <hole diameter="2.2mm" pcbX={x} pcbY={y} />
    </>
  )
}
`,
    },
    {
      path: "lib/pins.ts",
      content: `/** The controller's pins by what this board uses them for. */
export const pins = {
  pin1: "RESET",
  pin2: "PB3",
  pin3: "PB4",
  pin4: "GND",
  pin5: "SDA",
  pin6: "PB1",
  pin7: "SCL",
  pin8: "VCC",
} as const
`,
    },
  ],
};
