/** ERC-1155 multi-tokens. */
import type { SpecOf } from "../spec/schema";
import { createContractWriter, type ContractWriter } from "./contract-writer";
import { addAccess, addPausing, addUpgrades, type RoleName } from "./governing";
import { addRoyalty } from "./royalty";
import { quote } from "./solidity";

const TOKEN = "token/ERC1155";
type Spec = SpecOf<"erc1155">;

export function writeErc1155(spec: Spec): ContractWriter {
  const writer = createContractWriter({ name: spec.contract, upgradeable: spec.upgradeable, notice: "A contract of many ERC-1155 tokens." });
  if (spec.upgradeable) writer.inherit({ symbol: "Initializable", path: "proxy/utils/Initializable" });
  const base = writer.symbol("ERC1155");
  const updating = [base];
  const interfaces = [base];
  const extension = (name: string, isUpdating: boolean) => {
    writer.inherit({ symbol: name, path: `${TOKEN}/extensions/${name}` });
    if (isUpdating) updating.push(writer.symbol(name));
  };
  writer.inherit({ symbol: "ERC1155", path: `${TOKEN}/ERC1155`, args: quote(spec.base_uri ?? "") });
  if (spec.burnable) extension("ERC1155Burnable", false);
  if (spec.pausable) extension("ERC1155Pausable", true);
  if (spec.supply_tracking) extension("ERC1155Supply", true);
  if (spec.royalty_percent !== null) {
    writer.inherit({ symbol: "ERC2981", path: "token/common/ERC2981" });
    interfaces.push(writer.symbol("ERC2981"));
  }
  writer.state(`string public constant name = ${quote(spec.name)};`, `string public constant symbol = ${quote(spec.symbol)};`);
  const roles: RoleName[] = spec.access === "none" ? [] : ["URI_SETTER"];
  if (spec.mintable) roles.push("MINTER");
  if (spec.pausable) roles.push("PAUSER");
  const guard = addAccess({ writer, spec, roles });
  if (spec.access === "roles") interfaces.push(writer.symbol("AccessControl"));
  if (spec.royalty_percent !== null) addRoyalty({ writer, percent: spec.royalty_percent, receiver: spec.royalty_receiver });
  if (spec.access !== "none") {
    writer.add({ docs: ["@notice Changes the URI of all tokens; `{id}` in it stands for a token's number."], head: `function setURI(string calldata newUri) external ${guard("URI_SETTER")}`, body: ["_setURI(newUri);"] });
  }
  if (spec.mintable) addMinting({ writer, guard });
  if (spec.pausable) addPausing({ writer, guard });
  addUpgrades({ writer, spec, guard });
  if (updating.length > 1) {
    writer.override({
      head: "function _update(address from, address to, uint256[] memory ids, uint256[] memory values) internal",
      bases: updating,
      body: ["super._update(from, to, ids, values);"],
    });
  }
  if (interfaces.length > 1) {
    writer.override({ head: "function supportsInterface(bytes4 interfaceId) public view", returns: "bool", bases: interfaces, body: ["return super.supportsInterface(interfaceId);"] });
  }
  return writer;
}

function addMinting({ writer, guard }: { writer: ContractWriter; guard: (role: RoleName) => string }): void {
  writer.add({
    docs: ["@notice Makes `amount` tokens of the number `id`."],
    head: `function mint(address to, uint256 id, uint256 amount, bytes calldata data) external ${guard("MINTER")}`,
    body: ["_mint(to, id, amount, data);"],
  });
  writer.add({
    docs: ["@notice Makes tokens of several numbers at once."],
    head: `function mintBatch(address to, uint256[] calldata ids, uint256[] calldata amounts, bytes calldata data) external ${guard("MINTER")}`,
    body: ["_mintBatch(to, ids, amounts, data);"],
  });
}
