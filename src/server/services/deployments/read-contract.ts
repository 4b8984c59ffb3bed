/** Asks a deployed contract: a call of one of its view or pure functions, made here because pages can't reach the chains. */
import { encodeFunctionData, getAddress, isAddress, type Hex, type PublicClient } from "viem";
import { isPassing, toChainError } from "~/chains";
import { readAbiValues, type AbiValueType } from "~/chains/abi-values";
import type { Actor } from "~/domain/actor";
import { AppError, invalidField, notFound } from "~/domain/errors";
import { compareCode } from "~/pipelines/contract/deploy/compare-code";
import { deployableSchema, type Deployable } from "~/pipelines/contract/deployable";
import type { ContractAnswer } from "../../api/schemas/chains";
import { findBuild } from "../builds/find-build";
import type { ServiceContext } from "../context";
import { abiFunction, decodeAnswer, revertWords, type AbiFunction } from "./contract-answer";

export interface ReadContractOptions {
  context: ServiceContext;
  actor: Actor | null;
  buildId: string;
  chainId: number;
  contract?: string;
  /** Its name, or its signature where several have the name: `balanceOf(address)`. */
  functionName: string;
  args: readonly unknown[];
}

const TIMEOUT_MS = 10_000;
/** Bounds what one question may cost the node. */
const GAS = 30_000_000n;

/**
 * Throws `not_found` for a build the caller may not see and one without a contract there, `validation_failed` naming
 * `function` or `args.N`, `call_reverted` with the contract's own words, `answer_not_readable`,
 * `not_available` when the chain does not answer.
 */
export async function readContract(options: ReadContractOptions): Promise<ContractAnswer> {
  const { context, actor, buildId, chainId } = options;
  const build = await findBuild({ context, actor, build: { build_id: buildId } });
  if (build.kind !== "contract") throw invalidField("build_id", `is a build of a ${build.kind} package; only contracts can be asked.`);
  const lane = await context.database.db.deployment.findUnique({ where: { buildId_chainId: { buildId: build.id, chainId } } });
  if (lane?.address == null || !isAddress(lane.address)) throw notFound(`A contract of this build on chain ${chainId}`);
  if (options.contract !== undefined && options.contract !== lane.contract) throw invalidField("contract", `must be ${lane.contract}: that is what this build deployed.`);
  const deployable = await readDeployable({ context, buildId: build.id });
  const called = findFunction({ deployable, name: options.functionName });
  const read = readAbiValues({ types: called.inputs, values: options.args, field: "args" });
  if (!read.ok) {
    throw new AppError("validation_failed", { userMessage: read.problems.map((problem) => `${problem.path} ${problem.message}`).join(" "), fields: read.problems });
  }
  const abi = [{ ...called, inputs: [...called.inputs], outputs: [...called.outputs] }];
  const data = encodeFunctionData({ abi, functionName: called.name, args: read.values });
  const to = getAddress(lane.address);
  const { result, block } = await withinTime(ask({ context, chainId, to, data, deployable, called }), lane.chainName);
  return { chain_id: chainId, address: to, function: signatureOf(called), block: Number(block), outputs: decodeAnswer({ called, data: result }) };
}

async function readDeployable({ context, buildId }: { context: ServiceContext; buildId: string }): Promise<Deployable> {
  const artifact = await context.database.db.artifact.findUnique({ where: { buildId_name: { buildId, name: "final/deployable.json" } }, select: { sha256: true } });
  if (artifact === null) throw notFound("What this build deployed");
  return deployableSchema.parse(JSON.parse(new TextDecoder().decode(await context.blobs.get(artifact.sha256))));
}

function findFunction({ deployable, name }: { deployable: Deployable; name: string }): AbiFunction {
  const functions = deployable.abi.flatMap((item) => abiFunction.safeParse(item).data ?? []);
  const readable = functions.filter((one) => one.stateMutability === "view" || one.stateMutability === "pure");
  const wanted = name.replaceAll(" ", "");
  const found = readable.filter((one) => one.name === wanted || signatureOf(one) === wanted);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (found.length > 1) throw invalidField("function", `is the name of several functions; use one of: ${found.map(signatureOf).join(", ")}.`);
  if (functions.some((one) => one.name === wanted || signatureOf(one) === wanted)) throw invalidField("function", "changes the chain; only view and pure functions can be called here.");
  throw invalidField("function", `is no function of ${deployable.contract}; those that can be read: ${readable.map(signatureOf).join(", ")}.`);
}

function signatureOf({ name, inputs }: Pick<AbiFunction, "name" | "inputs">): string {
  const typeOf = (type: AbiValueType): string => (type.type.startsWith("tuple") ? `(${(type.components ?? []).map(typeOf).join(",")})${type.type.slice("tuple".length)}` : type.type);
  return `${name}(${inputs.map(typeOf).join(",")})`;
}

async function ask(options: { context: ServiceContext; chainId: number; to: Hex; data: Hex; deployable: Deployable; called: AbiFunction }): Promise<{ result: Hex; block: bigint }> {
  const { context, chainId, to, data, deployable, called } = options;
  const chainName = context.chains.get(chainId)?.name ?? `Chain ${chainId}`;
  try {
    const client: PublicClient = await context.chains.connect(chainId);
    // At once, so that it costs no time: what lies there decides whether the answer is the contract's.
    const [asked, code] = await Promise.allSettled([Promise.all([client.call({ to, data, gas: GAS }), client.getBlockNumber()]), client.getCode({ address: to })]);
    if (code.status === "rejected") throw code.reason;
    requireContract({ code: code.value, deployable, to, chainName });
    if (asked.status === "rejected") throw asked.reason;
    const [answer, block] = asked.value;
    return { result: answer.data ?? "0x", block };
  } catch (error) {
    if (error instanceof AppError) throw error;
    const words = revertWords({ error, deployable, called });
    if (words !== null) throw new AppError("call_reverted", { userMessage: `${called.name} refused: ${words}`, cause: error });
    const known = toChainError(error, chainName);
    if (known.code === "reverted") throw new AppError("call_reverted", { userMessage: `${called.name} refused: ${known.message}`, cause: error });
    throw new AppError("not_available", { userMessage: known.message, retryable: isPassing(known), cause: error });
  }
}

/** A local or test chain may have been begun anew, and then others' contracts take the same addresses. */
function requireContract(options: { code: Hex | undefined; deployable: Deployable; to: Hex; chainName: string }): void {
  const { code, deployable, to, chainName } = options;
  const { upgradeable: proxy } = deployable;
  const outcome =
    proxy === null
      ? compareCode({ onChain: code, compiled: deployable.deployed_bytecode, immutableReferences: deployable.immutable_references })
      : compareCode({ onChain: code, compiled: proxy.proxy_deployed_bytecode, immutableReferences: proxy.proxy_immutable_references });
  if (outcome === "same") return;
  const found = outcome === "missing" ? "There is no code" : "There is another contract";
  throw new AppError("not_found", { userMessage: `${found} at ${to} on ${chainName} now: the chain was begun anew since this build, or went back. Deploy to it again.` });
}

async function withinTime<Result>(work: Promise<Result>, chainName: string): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError("not_available", { userMessage: `${chainName} did not answer within ${TIMEOUT_MS / 1000} s. Try again.`, retryable: true })), TIMEOUT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
