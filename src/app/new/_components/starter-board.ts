/** What "write or paste code" begins with: the smallest board that shows something. */
export const STARTER_BOARD = `export default () => (
  <board width="20mm" height="14mm">
    <resistor name="R1" resistance="1k" footprint="0402" pcbX={-3} />
    <led name="LED1" color="green" footprint="0603" pcbX={3} />
    <trace from=".R1 > .pin2" to=".LED1 > .anode" />
  </board>
)
`;
