import type { PipelineExample } from "../../define";

export const tipJar: PipelineExample = {
  slug: "tip-jar",
  title: "Tip jar",
  description: "Two Solidity files: a jar that takes tips with a message, and that its owner empties.",
  files: [
    {
      path: "README.md",
      content: `# Tip jar

Anybody can leave a tip with a message; the owner takes out what is in the jar. Change \`MAX_MESSAGE\` in \`contracts/TipJar.sol\` and rebuild.
`,
    },
    {
      path: "contracts/ITipJar.sol",
      content: `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

/// @title ITipJar
/// @notice A jar for tips.
interface ITipJar {
    event Tipped(address indexed from, uint256 amount, string message);
    event Emptied(address indexed to, uint256 amount);

    error NothingGiven();
    error MessageTooLong(uint256 length, uint256 most);

    /// @notice Leaves what is sent along in the jar.
    function tip(string calldata message) external payable;

    /// @notice Takes everything out.
    function empty(address payable to) external;
}
`,
    },
    {
      path: "contracts/TipJar.sol",
      content: `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ITipJar} from "./ITipJar.sol";

/// @title TipJar
/// @notice Anybody can leave a tip with a message; the owner takes out what is in the jar.
contract TipJar is ITipJar, Ownable {
    using Address for address payable;

    /// @notice Bytes that a message may have.
    uint256 public constant MAX_MESSAGE = 280;

    /// @notice How many tips were left.
    uint256 public tips;

    constructor(address initialOwner) Ownable(initialOwner) {}

    /// @inheritdoc ITipJar
    function tip(string calldata message) external payable {
        if (msg.value == 0) revert NothingGiven();
        uint256 length = bytes(message).length;
        if (length > MAX_MESSAGE) revert MessageTooLong(length, MAX_MESSAGE);
        tips += 1;
        emit Tipped(msg.sender, msg.value, message);
    }

    /// @inheritdoc ITipJar
    function empty(address payable to) external onlyOwner {
        uint256 amount = address(this).balance;
        emit Emptied(to, amount);
        to.sendValue(amount);
    }
}
`,
    },
  ],
  options: { constructor_args: ["$deployer"] },
};
