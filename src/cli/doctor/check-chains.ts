/** Each chain: is it configured well, does its node answer, can a local one be run here? */
import path from "node:path";
import { ChainsConfigError, openChains, type Chains } from "../../chains";
import { inheritedEnvironment, type Env } from "../../env";
import type { CheckResult } from "./run-checks";

export async function checkChains({ env, root }: { env: Env; root: string }): Promise<CheckResult[]> {
  let chains: Chains;
  try {
    chains = await openChains({
      dataDir: env.dataDir,
      configured: env.chains,
      toolchainsDir: path.join(root, "toolchains"),
      searchPath: inheritedEnvironment().PATH,
      host: false,
      secret: env.secretKey ?? env.authSecret,
      logger: { info: () => undefined, warn: () => undefined },
    });
  } catch (error) {
    if (!(error instanceof ChainsConfigError)) throw error;
    return [{ name: "chains", status: "fail", detail: error.message, fix: "correct it; docs/operations.md, \"Chains\", explains it" }];
  }
  return Promise.all(
    chains.list().map(async ({ id, name, rpc, testnet }): Promise<CheckResult> => {
      const label = `chain ${id}`;
      const available = await chains.isAvailable(id);
      const kind = rpc.kind === "embedded" ? "local" : testnet ? "test network" : "main network";
      if (available) return { name: label, status: "ok", detail: `${name}, ${kind}${rpc.kind === "embedded" ? ", run by the worker on first use" : ", answers"}` };
      if (rpc.kind === "embedded") return { name: label, status: "warn", detail: `${name}, ${kind}: there is no anvil for this machine, so nothing can be deployed to it`, fix: "put an anvil on PATH, or list other chains in chains.json" };
      return { name: label, status: "warn", detail: `${name}, ${kind}: its node does not answer, or is of another chain`, fix: "check rpc_url in chains.json, and that the node can be reached from here" };
    }),
  );
}
