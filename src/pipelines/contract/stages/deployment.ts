/**
 * Puts the contract that passed the audit on the chosen chains: one lane a chain, all at once, each with its own end. It runs
 * no command: what it needs is the chains, the signers' keys and the ledger, and none of that is for a sandbox.
 */
import { type z } from "zod";
import { signerSecretName, type Chains } from "~/chains";
import { LIMIT_PRESETS } from "~/executors/limits";
import { defineStage, type Finding, type StageArtifact, type StageContext, type StageDefinition, type StageOutcome, type StageReport } from "../../define";
import { deployableSchema, type Deployable } from "../deployable";
import { deployLane, toAddress, type LaneResult } from "../deploy/deploy-lane";
import { DEPLOYMENTS_FILE, deploymentsSchema, writeDeployments } from "../deploy/deployments-artifact";
import { describeCode } from "../deploy/verify-contract";

/** What the stage reads of a contract release's options. */
export interface DeploymentOptions extends Record<string, unknown> {
  chains: number[];
  confirm_mainnet?: number[] | undefined;
}

const DEPLOYABLE_FILE = "final/deployable.json";

export function createDeploymentStage<Options extends DeploymentOptions>(options: { chains: Chains; needs?: string }): StageDefinition<Options> {
  const { chains } = options;
  const audit = options.needs ?? "security_audit";
  return defineStage<Options>({
    key: "deployment",
    title: "Deployment",
    needs: [audit],
    version: 2,
    inputs: () => false,
    // Not confirm_mainnet: it allows a payment, and what comes out does not depend on it.
    optionKeys: ["chains"],
    toolchain: () => ({}),
    secretNames: ({ chains: ids }) => [...new Set(ids.flatMap((id) => chains.get(id)?.signer ?? []).map(signerSecretName))],
    checkReuse: ({ artifacts }) => findMissingContract({ chains, artifacts }),
    limits: LIMIT_PRESETS.compile,
    retries: 2,
    run: (context) => run({ chains, audit, context }),
  });
}

async function run<Options extends DeploymentOptions>({ chains, audit, context }: { chains: Chains; audit: string; context: StageContext<Options> }): Promise<StageOutcome> {
  const ids = context.options.chains;
  if (ids.length === 0) return { status: "skipped", reason: "no chain was chosen" };
  const artifact = context.needs[audit]?.artifacts.find((candidate) => candidate.name === DEPLOYABLE_FILE);
  if (artifact === undefined) {
    return { status: "failed", error: { code: "nothing_to_deploy", message: "None of the contracts can be deployed: they are abstract, interfaces or libraries. Choose one with the option contract." } };
  }
  const deployable = await readDeployable(artifact);
  context.log(`Deploying ${deployable.contract}${deployable.upgradeable === null ? "" : " behind a proxy"} to ${ids.length} ${ids.length === 1 ? "chain" : "chains"}`);

  let ended = 0;
  const lanes = await Promise.allSettled(
    ids.map(async (chainId) => {
      const result = await deployLane({
        chainId,
        chains,
        deployable,
        deployableHash: artifact.sha256,
        confirmed: context.options.confirm_mainnet ?? [],
        secrets: context.secrets,
        ledger: context.ledger,
        signal: context.signal,
        log: (line) => void context.log(line),
      });
      context.progress((100 * ++ended) / ids.length, `${result.chainName}: ${result.end.status === "successful" ? "deployed" : "failed"}`);
      return result;
    }),
  );
  // A fault of ours in one lane: the others have ended by now, and the ledger knows what each has done.
  const broken = lanes.find((lane) => lane.status === "rejected");
  if (broken !== undefined) throw broken.reason;
  const results = lanes.flatMap((lane) => (lane.status === "fulfilled" ? [lane.value] : []));
  await context.artifacts.put({ name: DEPLOYMENTS_FILE, mediaType: "application/json", content: writeDeployments(results) });
  return conclude(results);
}

async function readDeployable(artifact: StageArtifact): Promise<Deployable> {
  return deployableSchema.parse(JSON.parse(new TextDecoder().decode(await artifact.read())));
}

function conclude(results: readonly LaneResult[]): StageOutcome {
  const failed = results.filter(({ end }) => end.status === "failed");
  const findings = failed.map(({ chainName, end }): Finding => ({ severity: "error", code: end.error?.code ?? "failed", message: end.error?.message ?? "It failed.", subject: chainName }));
  const report: StageReport = {
    errorCount: failed.length,
    warningCount: 0,
    findings,
    facts: {
      chains: results.length,
      deployed: results.length - failed.length,
      carried_over: results.filter(({ end }) => end.carriedOver).length,
      verified: results.filter(({ end }) => end.verified).length,
    },
  };
  if (failed.length === 0) return { status: "successful", report };
  const names = failed.map(({ chainName }) => chainName).join(", ");
  const first = failed[0]?.end.error?.message ?? "";
  const rest = results.length - failed.length;
  const others = rest === 0 ? "" : ` The ${rest === 1 ? "other one has" : `other ${rest} have`} the contract.`;
  return { status: "failed", error: { code: "deployment_failed", message: `${failed.length === 1 ? first : `Deployment failed on ${names}. ${first}`}${others}` }, report };
}

const readJson = (text: string): unknown => JSON.parse(text);

/** An earlier result holds unless a chain that answers says that a contract of it is gone, or that another lies in its place: the chain was begun anew. */
async function findMissingContract(options: { chains: Chains; artifacts: readonly StageArtifact[] }): Promise<string | null> {
  const file = options.artifacts.find((artifact) => artifact.name === DEPLOYMENTS_FILE);
  if (file === undefined) return null;
  const rows: z.infer<typeof deploymentsSchema> = deploymentsSchema.parse(readJson(new TextDecoder().decode(await file.read())));
  const gone = await Promise.all(
    rows.flatMap(({ chain_id: chainId, chain_name: chainName, code }) =>
      code.map(async ({ address: text, keccak256 }) => {
        const address = toAddress(text);
        if (address === null) return null;
        const found = await options.chains.connect(chainId).then(async (client) => describeCode(address, await client.getCode({ address }))).catch(() => null);
        return found === null || found.keccak256 === keccak256 ? null : `the contract at ${address} is no longer on ${chainName}`;
      }),
    ),
  );
  return gone.find((reason) => reason !== null) ?? null;
}
