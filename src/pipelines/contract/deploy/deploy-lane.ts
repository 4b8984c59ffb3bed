/**
 * One lane: one contract onto one chain. checked → connected → signed and sent → in a block → verified.
 * A contract that an earlier build put there (same code and arguments, same signer) is taken over, if it is still there.
 */
import { getAddress, isHex, type Address, type Hex, type PublicClient } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { ChainError, explorerAddressUrl, signerSecretName, toChainError, unknownChain, type Chain, type Chains } from "~/chains";
import { parsePrivateKey } from "~/chains/signer-key";
import type { DeploymentLedger, LaneEnd } from "../../define";
import type { Deployable } from "../deployable";
import { compareCode } from "./compare-code";
import { encodeCreation, encodeProxyCreation, type Creation } from "./creation-data";
import type { Lane, LaneReach, Placed } from "./lane";
import { LaneFailure } from "./lane-failure";
import { putOnChain } from "./put-on-chain";
import { verifyContract, type CodeAt, type Verification } from "./verify-contract";

export interface DeployLaneOptions {
  chainId: number;
  chains: Chains;
  deployable: Deployable;
  /** SHA-256 of the artifact it was read from. */
  deployableHash: string;
  /** Main networks that were confirmed. */
  confirmed: readonly number[];
  secrets: Readonly<Record<string, string>>;
  ledger: DeploymentLedger;
  signal: AbortSignal;
  log(line: string): void;
}

export interface LaneResult {
  chainId: number;
  chainName: string;
  unit: string;
  end: LaneEnd;
  /** What was verified; empty for a lane that failed. */
  code: readonly CodeAt[];
}

const NOTHING = { address: null, transaction: null, block: null, gasUsed: null, costWei: null, explorerUrl: null, verified: false, carriedOver: false };

/** Answers how the lane ended, which is recorded by then. Throws for faults of ours, and when it was stopped. */
export async function deployLane(options: DeployLaneOptions): Promise<LaneResult> {
  const { chainId, chains, ledger, deployable, deployableHash, signal } = options;
  const chain = chains.get(chainId);
  const chainName = chain?.name ?? `Chain ${chainId}`;
  const unit = chain?.unit ?? "";
  const say = (line: string): void => options.log(`[${chainName}] ${line}`);
  await ledger.open({ chainId, chainName, unit, contract: deployable.contract, deployableHash });
  const reached: LaneReach = { transaction: null, receipts: new Map() };
  let end: LaneEnd;
  let code: readonly CodeAt[] = [];
  try {
    ({ end, code } = await deploy({ ...options, say, reached }));
    say(`${end.carriedOver ? "already there" : "deployed"}: ${deployable.contract} at ${end.address ?? "?"}, block ${end.block ?? "?"}, verified`);
  } catch (error) {
    signal.throwIfAborted();
    const failure = describeFailure(error, chainName);
    if (failure === null) throw error;
    const told = { code: failure.error.code, message: tellWhatIsOut(failure.error, reached) };
    say(`\u001b[31mfailed: ${told.message}\u001b[0m`);
    end = { ...NOTHING, transaction: reached.transaction, ...costOf(reached), ...failure.reached, status: "failed", error: told };
  }
  await ledger.settle({ chainId, end });
  return { chainId, chainName, unit, end, code };
}

/** What was paid before it failed: for a transaction that reverted, or the first of two. */
function costOf({ receipts }: LaneReach): Pick<LaneEnd, "gasUsed" | "costWei"> {
  const mined = [...receipts.values()];
  if (mined.length === 0) return { gasUsed: null, costWei: null };
  return { gasUsed: sum(mined.map((receipt) => receipt.gasUsed)), costWei: sum(mined.map((receipt) => receipt.gasUsed * receipt.effectiveGasPrice)) };
}

/** A transaction that is on record may be mined after all; whoever reads of the failure has to know. */
function tellWhatIsOut(error: { code: string; message: string }, { transaction, receipts }: LaneReach): string {
  const open = transaction !== null && !receipts.has(transaction) && !error.message.includes(transaction);
  return open ? `${error.message} The transaction ${transaction} may be out: the next deployment looks for it first, and nothing is deployed twice.` : error.message;
}

/** The contract is there, but it is not the one that was compiled. */
class NotTheSame extends LaneFailure {
  readonly reached: Partial<LaneEnd>;

  constructor(message: string, reached: Partial<LaneEnd>) {
    super("verification_failed", message);
    this.reached = reached;
  }
}

function describeFailure(error: unknown, chainName: string): { error: { code: string; message: string }; reached: Partial<LaneEnd> } | null {
  if (error instanceof LaneFailure) return { error: { code: error.code, message: error.message }, reached: error instanceof NotTheSame ? error.reached : {} };
  // What viem throws tells of the chain; anything else is a fault of ours.
  if (!(error instanceof ChainError) && !(error instanceof Error && "shortMessage" in error)) return null;
  const { code, message } = toChainError(error, chainName);
  return { error: { code: code === "reverted" ? "deployment_reverted" : code, message }, reached: {} };
}

async function deploy(options: DeployLaneOptions & { say: (line: string) => void; reached: LaneReach }): Promise<Pick<LaneResult, "end" | "code">> {
  const { chainId, chains, deployable, ledger, say, signal, reached } = options;
  const chain = chains.get(chainId);
  if (chain === undefined) throw unknownChain(chainId, chains.list());
  const account = privateKeyToAccount(requireKey({ ...options, chain }));
  await ledger.assignSigner({ chainId, signer: account.address });
  await ledger.tell({ chainId, message: `${chain.name}: connecting` });
  const client = await chains.connect(chainId);
  say(`chain ${chainId}, signer ${account.address}`);
  const lane: Lane = { chain, client, account, ledger, signal, say, reached, requirePermission: () => requireConfirmation(chain, options.confirmed) };

  const creation = requireData(encodeCreation({ deployable, deployer: account.address }));
  await ledger.tell({ chainId, message: `${chain.name}: sending` });
  // An earlier contract that is gone, or a proxy of one, is no reason to stop: then everything is made anew.
  for (const ownOnly of [false, true]) {
    const placed = await placeAll({ lane, deployable, creation, ownOnly });
    const last = placed.at(-1);
    if (last === undefined) throw new Error("Nothing was placed.");
    const { address } = last;
    await ledger.tell({ chainId, message: `${chain.name}: verifying` });
    const verification = await verifyPatiently({ client, deployable, address, implementation: deployable.upgradeable === null ? null : (placed[0] ?? last).address, signal });
    const paid = placed.filter(({ adopted }) => !adopted);
    const receipts = (paid.length > 0 ? paid : placed).flatMap(({ receipt }) => receipt ?? []);
    const end: LaneEnd = {
      status: "successful",
      address,
      transaction: last.hash,
      block: last.receipt?.blockNumber ?? null,
      gasUsed: sum(receipts.map((receipt) => receipt.gasUsed)),
      costWei: sum(receipts.map((receipt) => receipt.gasUsed * receipt.effectiveGasPrice)),
      explorerUrl: explorerAddressUrl(chain, address),
      verified: true,
      carriedOver: paid.length === 0,
      error: null,
    };
    if (verification.outcome === "same") return { end, code: verification.code };
    const gone = verification.outcome === "missing" || verification.outcome === "another implementation";
    if (!ownOnly && gone && paid.length === 0) {
      say(`${verification.message}; it is deployed again`);
      continue;
    }
    throw new NotTheSame(describeMismatch(chain, verification, paid.length === 0), { ...end, verified: false });
  }
  throw new Error("unreachable");
}

function describeMismatch(chain: Chain, verification: Verification, earlier: boolean): string {
  const fix = earlier ? "An earlier build put it there; rebuild everything to deploy a new one." : "The chain does not keep what it was sent: don't use this contract.";
  return `${chain.name}: ${verification.message}. ${fix}`;
}

/** The transactions of the contract in their order: itself, or implementation and proxy. */
async function placeAll(options: { lane: Lane; deployable: Deployable; creation: Hex; ownOnly: boolean }): Promise<Placed[]> {
  const { lane, deployable, creation, ownOnly } = options;
  const { upgradeable: proxy } = deployable;
  const isOurs = (code: Hex | undefined): boolean => compareCode({ onChain: code, compiled: deployable.deployed_bytecode, immutableReferences: deployable.immutable_references }) === "same";
  const isOurProxy = (code: Hex | undefined): boolean => proxy !== null && compareCode({ onChain: code, compiled: proxy.proxy_deployed_bytecode, immutableReferences: proxy.proxy_immutable_references }) === "same";
  if (proxy === null) return [await putOnChain({ lane, step: "contract", data: creation, ownOnly, isOurs })];
  const implementation = await putOnChain({ lane, step: "implementation", data: creation, ownOnly, isOurs });
  const data = requireData(encodeProxyCreation({ deployable, deployer: lane.account.address, implementation: implementation.address }));
  // An earlier proxy belongs to the earlier implementation.
  return [implementation, await putOnChain({ lane, step: "proxy", data, ownOnly: ownOnly || !implementation.adopted, isOurs: isOurProxy })];
}

function requireData(creation: Creation): Hex {
  if (creation.ok) return creation.data;
  throw new LaneFailure("invalid_constructor_args", creation.problems.map((problem) => `${problem.path} ${problem.message}`).join(" "));
}

/** What is on the chain already costs nothing, so only who would sign has to have the confirmation. */
function requireConfirmation(chain: Chain, confirmed: readonly number[]): void {
  if (chain.testnet || confirmed.includes(chain.id)) return;
  throw new LaneFailure("mainnet_not_confirmed", `${chain.name} is a main network, where deployments cost real money, and this build was not told to pay. Deploy to it with ${chain.id} in confirm_mainnet to go on.`);
}

function requireKey(options: DeployLaneOptions & { chain: Chain }): Hex {
  const { chain, chains, secrets } = options;
  if (chain.rpc.kind === "embedded") return chains.embeddedKey();
  const stored = chain.signer === null ? undefined : secrets[signerSecretName(chain.signer)];
  if (stored === undefined) throw new LaneFailure("no_signer", `${chain.name} needs the signer "${chain.signer ?? ""}", which this workspace has not, or which can't be opened. An owner sets it: slipway signer set --workspace … --name ${chain.signer ?? ""}.`);
  const key = parsePrivateKey(stored);
  if (key === null) throw new LaneFailure("no_signer", `The signer "${chain.signer ?? ""}" of this workspace is no private key. Set it again.`);
  return key;
}

/** Nodes behind one address may lag behind each other: code that is not there yet is looked for a little longer. */
async function verifyPatiently(options: { client: PublicClient; deployable: Deployable; address: Address; implementation: Address | null; signal: AbortSignal }): Promise<Verification> {
  for (let looks = 1; ; looks++) {
    const verification = await verifyContract(options);
    if (verification.outcome !== "missing" || looks >= 3) return verification;
    options.signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, options.client.pollingInterval));
  }
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}

/** An address as text, checked: what earlier results hold. */
export function toAddress(text: string): Address | null {
  return isHex(text) && text.length === 42 ? getAddress(text) : null;
}
