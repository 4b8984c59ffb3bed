/** ERC-20 tokens and stablecoins. */
import type { FungibleSpec } from "../spec/schema";
import { createContractWriter, type ContractWriter } from "./contract-writer";
import { addAccess, addPausing, addUpgrades, type RoleName } from "./governing";
import { group, quote } from "./solidity";

const TOKEN = "token/ERC20";

export function writeFungible(spec: FungibleSpec): ContractWriter {
  const notice = spec.template === "stablecoin" ? "A stablecoin: an ERC-20 token whose issuer mints and redeems." : "An ERC-20 token.";
  const writer = createContractWriter({ name: spec.contract, upgradeable: spec.upgradeable, notice });
  if (spec.upgradeable) writer.inherit({ symbol: "Initializable", path: "proxy/utils/Initializable" });
  const updating = inheritToken({ writer, spec });
  if (spec.supply !== "0") writer.parameter({ type: "address", name: "recipient", doc: "Account that receives the initial supply.", value: spec.recipient });
  const roles: RoleName[] = [];
  if (spec.mintable) roles.push("MINTER");
  if (spec.pausable) roles.push("PAUSER");
  if (spec.freezable) roles.push("FREEZER");
  const guard = addAccess({ writer, spec, roles });
  if (spec.freezable) addFreezingState(writer);
  if (spec.supply !== "0") writer.construct(`_mint(recipient, ${group(spec.supply)} * 10 ** decimals());`);
  if (spec.pausable) addPausing({ writer, guard });
  if (spec.mintable) {
    writer.add({
      docs: ["@notice Makes new tokens.", "@param to Account that receives them.", "@param amount In the token's smallest unit."],
      head: `function mint(address to, uint256 amount) external ${guard("MINTER")}`,
      body: ["_mint(to, amount);"],
    });
  }
  if (spec.freezable) addFreezing({ writer, guard });
  if (spec.decimals !== 18) {
    writer.add({
      docs: ["@inheritdoc " + writer.symbol("ERC20")],
      head: "function decimals() public pure override returns (uint8)",
      body: [`return ${spec.decimals};`],
    });
  }
  addUpgrades({ writer, spec, guard });
  if (updating.length > 1 || spec.freezable) addUpdate({ writer, spec, bases: updating });
  if (spec.votes && spec.permit) {
    writer.use({ symbol: "Nonces", path: "utils/Nonces" });
    writer.override({
      head: "function nonces(address owner) public view",
      returns: "uint256",
      bases: [writer.symbol("ERC20Permit"), writer.symbol("Nonces")],
      body: ["return super.nonces(owner);"],
    });
  }
  return writer;
}

/** Answers the parents that have a say in `_update`. */
function inheritToken({ writer, spec }: { writer: ContractWriter; spec: FungibleSpec }): string[] {
  const updating = [writer.symbol("ERC20")];
  const extension = (name: string, args?: string) => writer.inherit({ symbol: name, path: `${TOKEN}/extensions/${name}`, args });
  writer.inherit({ symbol: "ERC20", path: `${TOKEN}/ERC20`, args: `${quote(spec.name)}, ${quote(spec.symbol)}` });
  if (spec.burnable) extension("ERC20Burnable");
  if (spec.pausable) {
    extension("ERC20Pausable");
    updating.push(writer.symbol("ERC20Pausable"));
  }
  if (spec.cap !== null) {
    extension("ERC20Capped", `${group(spec.cap)} * 10 ** ${spec.decimals}`);
    updating.push(writer.symbol("ERC20Capped"));
  }
  if (spec.permit) extension("ERC20Permit", quote(spec.name));
  else if (spec.votes) writer.inherit({ symbol: "EIP712", path: "utils/cryptography/EIP712", args: `${quote(spec.name)}, "1"` });
  if (spec.votes) {
    extension("ERC20Votes");
    updating.push(writer.symbol("ERC20Votes"));
  }
  if (spec.flash_mint) extension("ERC20FlashMint");
  return updating;
}

function addUpdate({ writer, spec, bases }: { writer: ContractWriter; spec: FungibleSpec; bases: readonly string[] }): void {
  const check = spec.freezable ? ["if (_frozen[from]) revert AccountFrozen(from);", "if (_frozen[to]) revert AccountFrozen(to);"] : [];
  writer.override({ head: "function _update(address from, address to, uint256 value) internal", bases, body: [...check, "super._update(from, to, value);"] });
}

function addFreezingState(writer: ContractWriter): void {
  writer.state(
    "mapping(address account => bool) private _frozen;",
    "",
    "event Frozen(address indexed account);",
    "event Unfrozen(address indexed account);",
    "",
    "error AccountFrozen(address account);",
  );
}

function addFreezing({ writer, guard }: { writer: ContractWriter; guard: (role: RoleName) => string }): void {
  const set = (options: { name: string; event: string; value: boolean; doc: string }) =>
    writer.add({
      docs: [`@notice ${options.doc}`],
      head: `function ${options.name}(address account) external ${guard("FREEZER")}`,
      body: [`_frozen[account] = ${options.value};`, `emit ${options.event}(account);`],
    });
  set({ name: "freeze", event: "Frozen", value: true, doc: "Keeps an account from sending and receiving." });
  set({ name: "unfreeze", event: "Unfrozen", value: false, doc: "Lets an account send and receive again." });
  writer.add({ docs: ["@notice Whether an account is kept from sending and receiving."], head: "function isFrozen(address account) external view returns (bool)", body: ["return _frozen[account];"] });
}
