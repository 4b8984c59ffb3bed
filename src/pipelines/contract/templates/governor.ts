/** A governor, the token whose holders vote, and (if wanted) the timelock that carries decisions out: one deployment makes all. */
import type { SpecOf } from "../spec/schema";
import { createContractWriter, type ContractWriter } from "./contract-writer";
import { group, quote, writeDuration } from "./solidity";

type Spec = SpecOf<"governor">;

/** Both sides count time in seconds: chains make blocks at different paces. */
const CLOCK_DOCS = "@dev Votes are counted by time, in seconds, not by block.";

export function writeGovernorToken({ token }: Spec): ContractWriter {
  const writer = createContractWriter({ name: token.contract, upgradeable: false, notice: "The ERC-20 token whose holders vote." });
  writer.inherit({ symbol: "ERC20", path: "token/ERC20/ERC20", args: `${quote(token.name)}, ${quote(token.symbol)}` });
  writer.inherit({ symbol: "ERC20Permit", path: "token/ERC20/extensions/ERC20Permit", args: quote(token.name) });
  writer.inherit({ symbol: "ERC20Votes", path: "token/ERC20/extensions/ERC20Votes" });
  writer.use({ symbol: "Nonces", path: "utils/Nonces" });
  writer.parameter({ type: "address", name: "recipient", doc: "Account that receives the whole supply.", value: token.recipient });
  writer.construct(`_mint(recipient, ${group(token.supply)} * 10 ** decimals());`);
  writer.add({ docs: [CLOCK_DOCS], head: "function clock() public view override returns (uint48)", body: ["return uint48(block.timestamp);"] });
  writer.add({ docs: ["@dev The clock's name, as ERC-6372 has it."], head: "function CLOCK_MODE() public pure override returns (string memory)", body: ['return "mode=timestamp";'] });
  writer.override({ head: "function _update(address from, address to, uint256 value) internal", bases: ["ERC20", "ERC20Votes"], body: ["super._update(from, to, value);"] });
  writer.override({ head: "function nonces(address owner) public view", returns: "uint256", bases: ["ERC20Permit", "Nonces"], body: ["return super.nonces(owner);"] });
  return writer;
}

export function writeGovernor(spec: Spec): ContractWriter {
  const hasTimelock = spec.timelock_delay !== null;
  const writer = createContractWriter({
    name: spec.contract,
    upgradeable: false,
    notice: hasTimelock ? "Token holders decide; a timelock carries out what they decided." : "Token holders decide, and what they decide is carried out.",
  });
  const extension = (name: string, args?: string) => writer.inherit({ symbol: name, path: `governance/extensions/${name}`, args });
  writer.inherit({ symbol: "Governor", path: "governance/Governor", args: quote(spec.name) });
  extension("GovernorSettings", `${writeDuration(spec.voting_delay)}, ${writeDuration(spec.voting_period)}, ${spec.proposal_threshold === "0" ? "0" : `${group(spec.proposal_threshold)} * 10 ** 18`}`);
  extension("GovernorCountingSimple");
  extension("GovernorVotes", `new ${spec.token.contract}(recipient)`);
  const isWhole = Number.isInteger(spec.quorum_percent);
  extension("GovernorVotesQuorumFraction", String(isWhole ? spec.quorum_percent : Math.round(spec.quorum_percent * 100)));
  if (spec.timelock_delay !== null) {
    extension("GovernorTimelockControl", `new TimelockController(${writeDuration(spec.timelock_delay)}, new address[](0), new address[](0), address(this))`);
    writer.use({ symbol: "TimelockController", path: "governance/TimelockController" });
  }
  writer.use({ symbol: spec.token.contract, path: `./${spec.token.contract}.sol`, own: true });
  writer.parameter({ type: "address", name: "recipient", doc: "Account that receives the whole supply of the voting token.", value: spec.token.recipient });
  if (hasTimelock) {
    writer.construct(
      "TimelockController controller = TimelockController(payable(timelock()));",
      "controller.grantRole(controller.PROPOSER_ROLE(), address(this));",
      "controller.grantRole(controller.CANCELLER_ROLE(), address(this));",
      "controller.grantRole(controller.EXECUTOR_ROLE(), address(0)); // anyone may carry out what was decided",
      "controller.renounceRole(controller.DEFAULT_ADMIN_ROLE(), address(this));",
    );
  }
  if (!isWhole) writer.add({ docs: ["@dev The quorum is counted in hundredths of a percent."], head: "function quorumDenominator() public pure override returns (uint256)", body: ["return 10_000;"] });
  addOverrides({ writer, hasTimelock });
  return writer;
}

function addOverrides({ writer, hasTimelock }: { writer: ContractWriter; hasTimelock: boolean }): void {
  writer.override({ head: "function proposalThreshold() public view", returns: "uint256", bases: ["Governor", "GovernorSettings"], body: ["return super.proposalThreshold();"] });
  if (!hasTimelock) return;
  const bases = ["Governor", "GovernorTimelockControl"];
  const operation = "uint256 proposalId, address[] memory targets, uint256[] memory values, bytes[] memory calldatas, bytes32 descriptionHash";
  writer.override({ head: "function state(uint256 proposalId) public view", returns: "ProposalState", bases, body: ["return super.state(proposalId);"] });
  writer.override({ head: "function proposalNeedsQueuing(uint256 proposalId) public view", returns: "bool", bases, body: ["return super.proposalNeedsQueuing(proposalId);"] });
  writer.override({ head: `function _queueOperations(${operation}) internal`, returns: "uint48", bases, body: ["return super._queueOperations(proposalId, targets, values, calldatas, descriptionHash);"] });
  writer.override({ head: `function _executeOperations(${operation}) internal`, bases, body: ["super._executeOperations(proposalId, targets, values, calldatas, descriptionHash);"] });
  writer.override({
    head: "function _cancel(address[] memory targets, uint256[] memory values, bytes[] memory calldatas, bytes32 descriptionHash) internal",
    returns: "uint256",
    bases,
    body: ["return super._cancel(targets, values, calldatas, descriptionHash);"],
  });
  writer.override({ head: "function _executor() internal view", returns: "address", bases, body: ["return super._executor();"] });
}
