/** Templates of our own: a spec in, Solidity on OpenZeppelin Contracts out. Pure: the same spec is the same bytes. */
import type { TemplateSpec } from "../spec/schema";
import type { ContractWriter } from "./contract-writer";
import { writeErc1155 } from "./erc1155";
import { writeErc721 } from "./erc721";
import { writeFungible } from "./fungible";
import { writeGovernor, writeGovernorToken } from "./governor";
import { writeVesting } from "./vesting";

export interface WrittenContract {
  /** Of the contract that is deployed first. */
  files: readonly { path: string; content: string }[];
  contract: string;
  /** Of the constructor, or of `initialize` when it is upgradeable. */
  args: readonly unknown[];
  upgradeable: boolean;
}

export function writeContract(spec: TemplateSpec): WrittenContract {
  const writer = chooseWriter(spec);
  const files = [{ path: `contracts/${spec.contract}.sol`, content: writer.render() }];
  if (spec.template === "governor") files.push({ path: `contracts/${spec.token.contract}.sol`, content: writeGovernorToken(spec).render() });
  return { files, contract: spec.contract, args: writer.parameters().map((parameter) => parameter.value), upgradeable: "upgradeable" in spec && spec.upgradeable };
}

function chooseWriter(spec: TemplateSpec): ContractWriter {
  switch (spec.template) {
    case "erc20":
    case "stablecoin":
      return writeFungible(spec);
    case "erc721":
      return writeErc721(spec);
    case "erc1155":
      return writeErc1155(spec);
    case "governor":
      return writeGovernor(spec);
    case "vesting":
      return writeVesting(spec);
  }
}
