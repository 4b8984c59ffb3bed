/** ERC-721 collections. */
import type { SpecOf } from "../spec/schema";
import { createContractWriter, type ContractWriter } from "./contract-writer";
import { addAccess, addPausing, addUpgrades, type RoleName } from "./governing";
import { addRoyalty } from "./royalty";
import { group, quote } from "./solidity";

const TOKEN = "token/ERC721";
type Spec = SpecOf<"erc721">;

export function writeErc721(spec: Spec): ContractWriter {
  const writer = createContractWriter({ name: spec.contract, upgradeable: spec.upgradeable, notice: spec.soulbound ? "A collection of ERC-721 tokens that stay where they are minted." : "A collection of ERC-721 tokens." });
  if (spec.upgradeable) writer.inherit({ symbol: "Initializable", path: "proxy/utils/Initializable" });
  const has = inheritToken({ writer, spec });
  const roles: RoleName[] = [];
  if (spec.mintable) roles.push("MINTER");
  if (spec.pausable) roles.push("PAUSER");
  const guard = addAccess({ writer, spec, roles });
  if (spec.max_supply !== null) writer.state("/// @notice How many tokens there may ever be.", `uint256 public constant MAX_SUPPLY = ${group(spec.max_supply)};`, "");
  if (spec.mintable) writer.state("uint256 private _nextTokenId;");
  const errors = [...(spec.max_supply === null ? [] : ["error MaxSupplyReached();"]), ...(spec.soulbound ? ["error TokenIsSoulbound(uint256 tokenId);"] : [])];
  if (errors.length > 0) writer.state("", ...errors);
  if (spec.royalty_percent !== null) addRoyalty({ writer, percent: spec.royalty_percent, receiver: spec.royalty_receiver });
  if (spec.mintable) addMinting({ writer, spec, guard });
  if (spec.pausable) addPausing({ writer, guard });
  addUpgrades({ writer, spec, guard });
  if (spec.base_uri !== null) {
    writer.add({ docs: ["@dev What each token's URI begins with."], head: "function _baseURI() internal pure override returns (string memory)", body: [`return ${quote(spec.base_uri)};`] });
  }
  addOverrides({ writer, spec, has });
  return writer;
}

interface Shared {
  update: string[];
  interfaces: string[];
}

/** Answers the parents that have a say in `_update` and in `supportsInterface`. */
function inheritToken({ writer, spec }: { writer: ContractWriter; spec: Spec }): Shared {
  const base = writer.symbol("ERC721");
  const has: Shared = { update: [base], interfaces: [base] };
  const extension = (name: string, shares: readonly (keyof Shared)[]) => {
    writer.inherit({ symbol: name, path: `${TOKEN}/extensions/${name}` });
    for (const share of shares) has[share].push(writer.symbol(name));
  };
  writer.inherit({ symbol: "ERC721", path: `${TOKEN}/ERC721`, args: `${quote(spec.name)}, ${quote(spec.symbol)}` });
  if (spec.enumerable) extension("ERC721Enumerable", ["update", "interfaces"]);
  if (spec.uri_storage) extension("ERC721URIStorage", ["interfaces"]);
  if (spec.pausable) extension("ERC721Pausable", ["update"]);
  if (spec.burnable) extension("ERC721Burnable", []);
  if (spec.royalty_percent !== null) extension("ERC721Royalty", ["interfaces"]);
  if (spec.votes) {
    writer.inherit({ symbol: "EIP712", path: "utils/cryptography/EIP712", args: `${quote(spec.name)}, "1"` });
    extension("ERC721Votes", ["update"]);
  }
  if (spec.access === "roles") has.interfaces.push(writer.symbol("AccessControl"));
  return has;
}

function addMinting({ writer, spec, guard }: { writer: ContractWriter; spec: Spec; guard: (role: RoleName) => string }): void {
  const withUri = spec.uri_storage;
  writer.add({
    docs: ["@notice Makes the next token.", "@param to Account that receives it.", ...(withUri ? ["@param uri Where its description lies."] : []), "@return tokenId Number of the token, from 0."],
    head: `function safeMint(address to${withUri ? ", string calldata uri" : ""}) external ${guard("MINTER")} returns (uint256 tokenId)`,
    body: [
      "tokenId = _nextTokenId++;",
      ...(spec.max_supply === null ? [] : ["if (tokenId >= MAX_SUPPLY) revert MaxSupplyReached();"]),
      // Before the receiver is called: it may look the URI up.
      ...(withUri ? ["_setTokenURI(tokenId, uri);"] : []),
      "_safeMint(to, tokenId);",
    ],
  });
}

function addOverrides({ writer, spec, has }: { writer: ContractWriter; spec: Spec; has: Shared }): void {
  if (has.update.length > 1 || spec.soulbound) {
    writer.override({
      head: "function _update(address to, uint256 tokenId, address auth) internal",
      returns: "address",
      bases: has.update,
      body: [...(spec.soulbound ? ["if (to != address(0) && _ownerOf(tokenId) != address(0)) revert TokenIsSoulbound(tokenId);"] : []), "return super._update(to, tokenId, auth);"],
    });
  }
  if (spec.enumerable || spec.votes) {
    const bases = [writer.symbol("ERC721"), ...(spec.enumerable ? [writer.symbol("ERC721Enumerable")] : []), ...(spec.votes ? [writer.symbol("ERC721Votes")] : [])];
    writer.override({ head: "function _increaseBalance(address account, uint128 value) internal", bases, body: ["super._increaseBalance(account, value);"] });
  }
  if (spec.uri_storage) {
    writer.override({
      head: "function tokenURI(uint256 tokenId) public view",
      returns: "string memory",
      bases: [writer.symbol("ERC721"), writer.symbol("ERC721URIStorage")],
      body: ["return super.tokenURI(tokenId);"],
    });
  }
  if (has.interfaces.length > 1) {
    writer.override({ head: "function supportsInterface(bytes4 interfaceId) public view", returns: "bool", bases: has.interfaces, body: ["return super.supportsInterface(interfaceId);"] });
  }
}
