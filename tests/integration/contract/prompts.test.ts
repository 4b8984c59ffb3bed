/** Every prompt of the table, and the held-out ones that are marked for it, as a contract on a chain: what it does is what the prompt asked for. */
import { keccak256, parseSignature, toHex, type Address } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deployableSchema, type Deployable } from "~/pipelines/contract/deployable";
import { HELD_OUT_TABLE } from "~/pipelines/contract/spec/held-out-table";
import { PROMPT_TABLE, type ExpectedBehaviour } from "~/pipelines/contract/spec/prompt-table";
import type { ContractSpec } from "~/pipelines/contract/spec/schema";
import { understandPrompt } from "~/pipelines/contract/spec/understand";
import { writeContract } from "~/pipelines/contract/templates";
import { openTestChain, type DeployedContract, type TestChain } from "./chain-fixture";
import { openContract, textOf } from "./contract-harness";

const contract = openContract();
let chain: TestChain;
/** By contract name, of all rows together. */
const compiled = new Map<string, Deployable>();

const rows = [...PROMPT_TABLE, ...HELD_OUT_TABLE.filter((row) => row.onChain === true)].map((row) => {
  const { spec } = understandPrompt({ prompt: row.prompt });
  if (spec === null || spec.template === "custom") throw new Error(`No spec for: ${row.prompt}`);
  return { ...row, spec, written: writeContract(spec) };
});

/** Each part is one run of the compiler: small enough for its memory and time on a busy machine. */
const PART = 27;
const parts = Array.from({ length: Math.ceil(rows.length / PART) }, (_, part) => ({ part: part + 1, rows: rows.slice(part * PART, (part + 1) * PART) }));

beforeAll(async () => {
  chain = await openTestChain();
}, 60_000);
afterAll(() => chain.close());

async function compile(part: typeof rows): Promise<void> {
  const files = Object.fromEntries(part.flatMap(({ written }) => written.files.map((file) => [file.path, file.content])));
  const [first] = part;
  const { compilation } = await contract.run({ files, options: { contract: first?.written.contract, constructor_args: [...(first?.written.args ?? [])] }, limits: { compilation: { wallMs: 580_000, cpuSeconds: 250, memoryMb: 2_048 } } });
  expect(compilation?.outcome.status, compilation?.log).toBe("successful");
  for (const artifact of compilation?.artifacts ?? []) {
    if (!artifact.name.startsWith("bytecode/")) continue;
    const deployable = deployableSchema.parse(JSON.parse(await textOf(compilation, artifact.name)));
    compiled.set(deployable.contract, deployable);
  }
}

async function deploy(spec: ContractSpec): Promise<DeployedContract> {
  if (spec.template === "custom") throw new Error("Not of the table.");
  const written = writeContract(spec);
  const deployable = compiled.get(written.contract);
  if (deployable === undefined) throw new Error(`${written.contract} was not compiled.`);
  return chain.deploy({ deployable, args: written.args });
}

describe.each(parts)("prompts, part $part", ({ rows }) => {
  beforeAll(() => compile(rows), 600_000);

  it.each(rows.map((row) => [row.prompt, row] as const))("%s", { timeout: 60_000 }, async (_prompt, { expected, spec }) => {
    const deployed = await deploy(spec);
    if (expected.template !== "vesting" && expected.template !== "governor" && expected.upgradeable !== undefined) await checkUpgrades(deployed, expected.upgradeable);
    if (expected.template === "governor") await checkGovernor(deployed, expected, spec);
    else if (expected.template === "vesting") await checkVesting(deployed, expected);
    else if (expected.template === "erc721") await checkCollection(deployed, expected);
    else if (expected.template === "erc1155") await checkMultiToken(deployed, expected);
    else await checkToken(deployed, expected);
  });
});

const nothingLess = (value: unknown): bigint => BigInt(String(value));
const ownerOf = (expected: ExpectedBehaviour): Address => chain.addressOf(expected.owner ?? "$deployer");

async function checkUpgrades(deployed: DeployedContract, isUpgradeable: boolean) {
  expect((await chain.implementationOf(deployed.address)) !== 0n).toBe(isUpgradeable);
  if (!isUpgradeable) return;
  expect(await deployed.reverts("upgradeToAndCall", [deployed.address, "0x"], chain.stranger)).toBe(true);
}

async function checkToken(token: DeployedContract, expected: ExpectedBehaviour) {
  const owner = ownerOf(expected);
  const holder = chain.addressOf(expected.recipient ?? "$deployer");
  const { stranger } = chain;
  const decimals = Number(await token.read("decimals"));
  const unit = 10n ** BigInt(decimals);
  expect(await token.read("name")).toBe(expected.name);
  if (expected.symbol !== undefined) expect(await token.read("symbol")).toBe(expected.symbol);
  if (expected.decimals !== undefined) expect(decimals).toBe(expected.decimals);
  const supply = nothingLess(await token.read("totalSupply"));
  if (expected.supply !== undefined) expect(supply).toBe(BigInt(expected.supply) * unit);
  expect(await token.read("balanceOf", [holder])).toBe(supply);

  expect(token.has("mint")).toBe((expected.minting ?? (expected.template === "stablecoin" ? "owner" : "nobody")) === "owner");
  if (token.has("mint")) {
    expect(await token.reverts("mint", [stranger, 1n], stranger)).toBe(true);
    if (expected.cap !== undefined && expected.cap !== null) expect(await token.reverts("mint", [holder, BigInt(expected.cap) * unit - supply + 1n], owner)).toBe(true);
    await token.send("mint", [holder, 1000n], owner);
    expect(await token.read("totalSupply")).toBe(supply + 1000n);
  }
  await token.send("transfer", [stranger, 10n], holder);

  if (expected.pausing !== undefined) expect(token.has("pause")).toBe(expected.pausing);
  if (token.has("pause")) {
    expect(await token.reverts("pause", [], stranger)).toBe(true);
    await token.send("pause", [], owner);
    expect(await token.reverts("transfer", [stranger, 1n], holder)).toBe(true);
    await token.send("unpause", [], owner);
    await token.send("transfer", [stranger, 1n], holder);
  }
  if (expected.burning !== undefined) expect(token.has("burn")).toBe(expected.burning);
  if (token.has("burn")) {
    const before = nothingLess(await token.read("totalSupply"));
    await token.send("burn", [3n], holder);
    expect(await token.read("totalSupply")).toBe(before - 3n);
  }
  if (expected.freezing !== undefined) expect(token.has("freeze")).toBe(expected.freezing);
  if (token.has("freeze")) {
    expect(await token.reverts("freeze", [holder], stranger)).toBe(true);
    await token.send("freeze", [stranger], owner);
    expect(await token.reverts("transfer", [stranger, 1n], holder)).toBe(true);
    expect(await token.reverts("transfer", [holder, 1n], stranger)).toBe(true);
    await token.send("unfreeze", [stranger], owner);
    await token.send("transfer", [stranger, 1n], holder);
  }
  if (expected.permit !== undefined) expect(token.has("permit")).toBe(expected.permit);
  if (token.has("permit")) await checkPermit(token, expected);
  if (expected.votes !== undefined) expect(token.has("getVotes")).toBe(expected.votes);
  if (token.has("getVotes")) {
    await token.send("delegate", [holder], holder);
    expect(await token.read("getVotes", [holder])).toBe(await token.read("balanceOf", [holder]));
  }
  if (expected.flashMint !== undefined) expect(nothingLess(await token.read("maxFlashLoan", [token.address])) > 0n).toBe(expected.flashMint);
  await checkAccess(token, expected);
}

async function checkPermit(token: DeployedContract, expected: ExpectedBehaviour) {
  const deadline = 4_102_444_800n;
  const owner = chain.deployer.address;
  const signature = await chain.signTypedData({
    domain: { name: expected.name, version: "1", chainId: chain.chainId, verifyingContract: token.address },
    types: { Permit: [{ name: "owner", type: "address" }, { name: "spender", type: "address" }, { name: "value", type: "uint256" }, { name: "nonce", type: "uint256" }, { name: "deadline", type: "uint256" }] },
    primaryType: "Permit",
    message: { owner, spender: chain.stranger, value: 5n, nonce: 0n, deadline },
  });
  const { r, s, yParity } = parseSignature(signature);
  await token.send("permit", [owner, chain.stranger, 5n, deadline, 27 + yParity, r, s], chain.stranger);
  expect(await token.read("allowance", [owner, chain.stranger])).toBe(5n);
}

async function checkAccess(deployed: DeployedContract, expected: ExpectedBehaviour) {
  if (expected.access === undefined) return;
  expect([deployed.has("owner"), deployed.has("hasRole")]).toEqual([expected.access === "ownable", expected.access === "roles"]);
  if (expected.access === "ownable") expect(await deployed.read("owner")).toBe(ownerOf(expected));
  if (expected.access === "roles") expect(await deployed.read("hasRole", [`0x${"0".repeat(64)}`, ownerOf(expected)])).toBe(true);
}

async function checkCollection(nft: DeployedContract, expected: ExpectedBehaviour) {
  const owner = ownerOf(expected);
  const { stranger } = chain;
  expect(await nft.read("name")).toBe(expected.name);
  if (expected.symbol !== undefined) expect(await nft.read("symbol")).toBe(expected.symbol);
  const hasUris = nft.has("tokenURI") && nft.takes("safeMint") === 2;
  const args = (to: Address) => (hasUris ? [to, "ipfs://one"] : [to]);
  expect(await nft.reverts("safeMint", args(stranger), stranger)).toBe(true);
  await nft.send("safeMint", args(owner), owner);
  await nft.send("safeMint", args(owner), owner);
  expect(await nft.read("ownerOf", [1n])).toBe(owner);
  if (hasUris) expect(await nft.read("tokenURI", [1n])).toBe("ipfs://one");
  if (expected.baseUri !== undefined && expected.baseUri !== null) expect(await nft.read("tokenURI", [1n])).toBe(`${expected.baseUri}1`);
  if (expected.cap !== undefined) {
    expect(nft.has("MAX_SUPPLY")).toBe(expected.cap !== null);
    if (expected.cap !== null) expect(await nft.read("MAX_SUPPLY")).toBe(BigInt(expected.cap));
  }
  if (expected.pausing !== undefined) expect(nft.has("pause")).toBe(expected.pausing);
  if (nft.has("pause")) {
    expect(await nft.reverts("pause", [], stranger)).toBe(true);
    await nft.send("pause", [], owner);
    expect(await nft.reverts("safeMint", args(owner), owner)).toBe(true);
    await nft.send("unpause", [], owner);
  }
  if (expected.enumerable !== undefined) expect(await nft.read("tokenOfOwnerByIndex", [owner, 1n])).toBe(1n);
  if (expected.soulbound === true) expect(await nft.reverts("transferFrom", [owner, stranger, 1n], owner)).toBe(true);
  else {
    await nft.send("transferFrom", [owner, stranger, 1n], owner);
    expect(await nft.read("ownerOf", [1n])).toBe(stranger);
  }
  if (expected.votes === true) {
    await nft.send("delegate", [owner], owner);
    expect(await nft.read("getVotes", [owner])).toBe(1n);
  }
  if (expected.burning !== undefined) expect(nft.has("burn")).toBe(expected.burning);
  if (nft.has("burn")) {
    await nft.send("burn", [0n], owner);
    expect(await nft.reverts("ownerOf", [0n])).toBe(true);
  }
  await checkRoyalty(nft, expected);
  await checkAccess(nft, expected);
}

async function checkRoyalty(deployed: DeployedContract, expected: ExpectedBehaviour) {
  if (expected.royaltyPercent === undefined) return;
  expect(deployed.has("royaltyInfo")).toBe(expected.royaltyPercent !== null);
  if (expected.royaltyPercent === null) return;
  expect(await deployed.read("royaltyInfo", [0n, 10_000n])).toEqual([chain.addressOf(expected.royaltyReceiver ?? "$deployer"), BigInt(Math.round(expected.royaltyPercent * 100))]);
}

async function checkMultiToken(items: DeployedContract, expected: ExpectedBehaviour) {
  const owner = ownerOf(expected);
  const { stranger } = chain;
  expect(await items.read("name")).toBe(expected.name);
  if (expected.symbol !== undefined) expect(await items.read("symbol")).toBe(expected.symbol);
  expect(await items.reverts("mint", [stranger, 7n, 5n, "0x"], stranger)).toBe(true);
  await items.send("mint", [owner, 7n, 5n, "0x"], owner);
  await items.send("mintBatch", [owner, [7n, 8n], [1n, 2n], "0x"], owner);
  expect(await items.read("balanceOf", [owner, 7n])).toBe(6n);
  if (expected.baseUri !== undefined) expect(await items.read("uri", [7n])).toBe(expected.baseUri ?? "");
  if (expected.pausing !== undefined) expect(items.has("pause")).toBe(expected.pausing);
  if (items.has("pause")) {
    await items.send("pause", [], owner);
    expect(await items.reverts("safeTransferFrom", [owner, stranger, 7n, 1n, "0x"], owner)).toBe(true);
    await items.send("unpause", [], owner);
  }
  await items.send("safeTransferFrom", [owner, stranger, 7n, 1n, "0x"], owner);
  if (expected.burning !== undefined) expect(items.has("burn")).toBe(expected.burning);
  if (items.has("burn")) {
    await items.send("burn", [owner, 7n, 2n], owner);
    expect(await items.read("balanceOf", [owner, 7n])).toBe(3n);
  }
  await checkRoyalty(items, expected);
}

async function checkGovernor(governor: DeployedContract, expected: ExpectedBehaviour, spec: ContractSpec) {
  if (spec.template !== "governor") throw new Error("The spec is of no governor.");
  const token = governor.at(chain.addressOf(String(await governor.read("token"))), compiled.get(spec.token.contract)?.abi);
  expect(await governor.read("name")).toBe(expected.name);
  if (expected.tokenName !== undefined) expect(await token.read("name")).toBe(expected.tokenName);
  if (expected.tokenSymbol !== undefined) expect(await token.read("symbol")).toBe(expected.tokenSymbol);
  if (expected.supply !== undefined) expect(await token.read("totalSupply")).toBe(BigInt(expected.supply) * 10n ** 18n);
  if (expected.votingPeriod !== undefined) expect(await governor.read("votingPeriod")).toBe(BigInt(expected.votingPeriod));
  if (expected.votingDelay !== undefined) expect(await governor.read("votingDelay")).toBe(BigInt(expected.votingDelay));
  if (expected.threshold !== undefined) expect(await governor.read("proposalThreshold")).toBe(BigInt(expected.threshold) * 10n ** 18n);
  if (expected.quorumPercent !== undefined) expect(Number(await governor.read("quorumNumerator")) / Number(await governor.read("quorumDenominator"))).toBeCloseTo(expected.quorumPercent / 100);
  if (expected.timelock !== undefined) expect(governor.has("timelock")).toBe(expected.timelock !== null);
  await decide({ governor, token });
}

/** From a proposal to what it decides: the whole way, in the chain's own time. */
async function decide({ governor, token }: { governor: DeployedContract; token: DeployedContract }) {
  const holder = chain.deployer.address;
  const text = "Let us begin";
  const wait = async (seconds: bigint) => {
    await chain.testing.increaseTime({ seconds: Number(seconds) + 2 });
    await chain.testing.mine({ blocks: 1 });
  };
  await token.send("delegate", [holder]);
  await wait(1n);
  const action = [[token.address], [0n], ["0x18160ddd"]];
  await governor.send("propose", [...action, text]);
  const id = await governor.read("hashProposal", [...action, keccak256(toHex(text))]);
  await wait(nothingLess(await governor.read("votingDelay")));
  await governor.send("castVote", [id, 1]);
  await wait(nothingLess(await governor.read("votingPeriod")));
  if (governor.has("timelock")) {
    await governor.send("queue", [...action, keccak256(toHex(text))]);
    expect(await governor.reverts("execute", [...action, keccak256(toHex(text))])).toBe(true);
    await wait(nothingLess(await governor.read("proposalEta", [id])) - (await chain.client.getBlock()).timestamp);
  }
  await governor.send("execute", [...action, keccak256(toHex(text))]);
  expect(await governor.read("state", [id])).toBe(7);
}

async function checkVesting(wallet: DeployedContract, expected: ExpectedBehaviour) {
  const duration = BigInt(expected.duration ?? 0);
  const start = nothingLess(await wallet.read("start"));
  expect(await wallet.read("duration")).toBe(duration);
  expect(await wallet.read("owner")).toBe(chain.addressOf(expected.beneficiary ?? "$deployer"));
  const now = (await chain.client.getBlock()).timestamp;
  if (typeof expected.start === "number") expect(start).toBe(BigInt(expected.start));
  else expect(now - start < 60n).toBe(true);
  await chain.testing.setBalance({ address: wallet.address, value: 1000n });
  const cliff = BigInt(expected.cliff ?? 0);
  if (cliff > 0n) {
    expect(await wallet.read("cliff")).toBe(start + cliff);
    expect(await wallet.read("vestedAmount", [start + cliff - 1n])).toBe(0n);
  }
  expect(await wallet.read("vestedAmount", [start + duration / 2n])).toBe(500n);
  expect(await wallet.read("vestedAmount", [start + duration])).toBe(1000n);
}
