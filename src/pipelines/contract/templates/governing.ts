/** Who may do what an owner does, and upgrades: the same in every template that has an owner. */
import type { ContractWriter } from "./contract-writer";

export interface Governed {
  access: "none" | "ownable" | "roles";
  upgradeable: boolean;
  owner: string;
}

/** A role that a template asks for, such as `MINTER`. */
export type RoleName = "MINTER" | "PAUSER" | "FREEZER" | "URI_SETTER" | "UPGRADER";

/** Inherits what guards functions; answers the modifier for a role. Call it after the token's own parents. */
export function addAccess({ writer, spec, roles }: { writer: ContractWriter; spec: Governed; roles: readonly RoleName[] }): (role: RoleName) => string {
  const all: readonly RoleName[] = spec.upgradeable ? [...roles, "UPGRADER"] : roles;
  if (spec.access === "ownable") {
    writer.inherit({ symbol: "Ownable", path: "access/Ownable", args: "initialOwner" });
    writer.parameter({ type: "address", name: "initialOwner", doc: "Account that owns the contract.", value: spec.owner });
  } else if (spec.access === "roles") {
    writer.inherit({ symbol: "AccessControl", path: "access/AccessControl" });
    writer.parameter({ type: "address", name: "defaultAdmin", doc: "Account that holds every role and hands them on.", value: spec.owner });
    writer.state(...all.map((role) => `bytes32 public constant ${role}_ROLE = keccak256("${role}_ROLE");`));
    writer.construct("_grantRole(DEFAULT_ADMIN_ROLE, defaultAdmin);", ...all.map((role) => `_grantRole(${role}_ROLE, defaultAdmin);`));
  }
  if (spec.upgradeable) writer.inherit({ symbol: "UUPSUpgradeable", path: "proxy/utils/UUPSUpgradeable" });
  return (role) => (spec.access === "roles" ? `onlyRole(${role}_ROLE)` : "onlyOwner");
}

/** Call it last, so that it stands with the overrides. */
export function addUpgrades({ writer, spec, guard }: { writer: ContractWriter; spec: Governed; guard: (role: RoleName) => string }): void {
  if (!spec.upgradeable) return;
  writer.add({
    docs: ["@dev Only who may upgrade the contract gets past this."],
    head: `function _authorizeUpgrade(address newImplementation) internal override ${guard("UPGRADER")}`,
    body: [],
  });
}

export function addPausing({ writer, guard }: { writer: ContractWriter; guard: (role: RoleName) => string }): void {
  writer.add({ docs: ["@notice Stops all transfers."], head: `function pause() external ${guard("PAUSER")}`, body: ["_pause();"] });
  writer.add({ docs: ["@notice Lets transfers go on."], head: `function unpause() external ${guard("PAUSER")}`, body: ["_unpause();"] });
}
