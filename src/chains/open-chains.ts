/** The chains as a process of Slipway uses them, from its configuration. */
import path from "node:path";
import { ChainsConfigError, loadChains, parseChains, type Chain } from "./chain-config";
import { createChains, type Chains } from "./create-chains";
import type { ChainLogger } from "./embedded-nodes";
import { findAnvil } from "./find-anvil";

export interface OpenChainsOptions {
  dataDir: string;
  /** SLIPWAY_CHAINS and SLIPWAY_CHAINS_FILE; without both: `chains.json` in the data folder, if there. */
  configured: { text: string | undefined; file: string | undefined };
  toolchainsDir: string;
  /** The process's PATH, for an anvil of the machine's own. */
  searchPath: string | undefined;
  /** True in workers: they run the embedded nodes. */
  host: boolean;
  secret: string | undefined;
  logger: ChainLogger;
}

/** Throws `ChainsConfigError`. Nothing is started yet. */
export async function openChains(options: OpenChainsOptions): Promise<Chains> {
  const { dataDir, host, secret, logger } = options;
  const chains = await readChains(options);
  const anvil = findAnvil({ toolchainsDir: options.toolchainsDir, searchPath: options.searchPath });
  return createChains({ chains, folder: path.join(dataDir, "chains"), anvil, host, secret, logger });
}

async function readChains({ configured: { text, file }, dataDir }: Pick<OpenChainsOptions, "configured" | "dataDir">): Promise<readonly Chain[]> {
  if (text === undefined) return loadChains({ file: file ?? chainsFile(dataDir), required: file !== undefined });
  if (file !== undefined) throw new ChainsConfigError("SLIPWAY_CHAINS", ["SLIPWAY_CHAINS_FILE is set too: unset one of them"]);
  return parseChains({ text, file: "SLIPWAY_CHAINS" });
}

/** As `openChains`; a wrong file is printed, one line per problem, and ends the process as a wrong configuration does. */
export async function openChainsOrExit(options: OpenChainsOptions & { exitCode: number }): Promise<Chains> {
  try {
    return await openChains(options);
  } catch (error) {
    if (!(error instanceof ChainsConfigError)) throw error;
    process.stderr.write(`${error.message}\nHow chains are described is in docs/operations.md, "Chains".\n`);
    process.exit(options.exitCode);
  }
}

export function chainsFile(dataDir: string): string {
  return path.join(dataDir, "chains.json");
}
