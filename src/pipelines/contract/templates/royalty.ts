/** ERC-2981 royalties, set when the contract is deployed. */
import type { ContractWriter } from "./contract-writer";

/** The parent that knows `_setDefaultRoyalty` is the template's to inherit. */
export function addRoyalty({ writer, percent, receiver }: { writer: ContractWriter; percent: number; receiver: string }): void {
  writer.parameter({ type: "address", name: "royaltyReceiver", doc: "Account that royalties go to.", value: receiver });
  writer.construct(`_setDefaultRoyalty(royaltyReceiver, ${Math.round(percent * 100)}); // ${percent} %, in hundredths of a percent`);
}
