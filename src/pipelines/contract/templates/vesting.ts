/** Wallets that release what they hold over time. */
import type { SpecOf } from "../spec/schema";
import { createContractWriter, type ContractWriter } from "./contract-writer";
import { group, writeDuration } from "./solidity";

export function writeVesting(spec: SpecOf<"vesting">): ContractWriter {
  const writer = createContractWriter({ name: spec.contract, upgradeable: false, notice: "Releases the tokens and coins that it holds to its beneficiary, bit by bit." });
  const start = spec.start === null ? "uint64(block.timestamp)" : group(String(spec.start));
  writer.inherit({ symbol: "VestingWallet", path: "finance/VestingWallet", args: `beneficiary, ${start}, ${writeDuration(spec.duration)}` });
  writer.parameter({ type: "address", name: "beneficiary", doc: "Account that receives what is released.", value: spec.beneficiary });
  if (spec.cliff === 0) return writer;
  writer.inherit({ symbol: "VestingWalletCliff", path: "finance/VestingWalletCliff", args: writeDuration(spec.cliff) });
  writer.override({
    head: "function _vestingSchedule(uint256 totalAllocation, uint64 timestamp) internal view",
    returns: "uint256",
    bases: ["VestingWallet", "VestingWalletCliff"],
    body: ["return super._vestingSchedule(totalAllocation, timestamp);"],
  });
  return writer;
}
