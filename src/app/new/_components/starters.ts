import type { FilesKind } from "../_intake/check-release";

/**
 * What "write or paste code" begins with: the smallest package that shows something; what further files are called; and a
 * name that such a package may have.
 */
export const STARTERS: Record<FilesKind, { name: string; first: string; next: string; text: string }> = {
  circuit: {
    name: "blinky",
    first: "index.tsx",
    next: "part.tsx",
    text: `export default () => (
  <board width="20mm" height="14mm">
    <resistor name="R1" resistance="1k" footprint="0402" pcbX={-3} />
    <led name="LED1" color="green" footprint="0603" pcbX={3} />
    <trace from=".R1 > .pin2" to=".LED1 > .anode" />
  </board>
)
`,
  },
  contract: {
    name: "hyperkit",
    first: "contracts/Counter.sol",
    next: "contracts/Part.sol",
    text: `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

/// @title Counts, for everybody.
contract Counter {
    uint256 public count;

    event Counted(address indexed by, uint256 count);

    function increment() external {
        count += 1;
        emit Counted(msg.sender, count);
    }
}
`,
  },
};
