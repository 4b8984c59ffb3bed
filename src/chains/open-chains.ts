/** The chains as a process of Slipway uses them, from its configuration. */
import path from "node:path";
import { ChainsConfigError, loadChains } from "./chain-config";
import { createChains, type Chains } from "./create-chains";
import type { ChainLogger } from "./embedded-nodes";
import { findAnvil } from "./find-anvil";

export interface OpenChainsOptions {
  dataDir: string;
  /** SLIPWAY_CHAINS_FILE; undefined: `chains.json` in the data folder, if there. */
  file: string | undefined;
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
  const chains = await loadChains({ file: options.file ?? chainsFile(dataDir), required: options.file !== undefined });
  const anvil = findAnvil({ toolchainsDir: options.toolchainsDir, searchPath: options.searchPath });
  return createChains({ chains, folder: path.join(dataDir, "chains"), anvil, host, secret, logger });
}

/** As `openChains`; a wrong file is printed, one line per problem, and ends the process as a wrong configuration does. */
export async function openChainsOrExit(options: OpenChainsOptions & { exitCode: number }): Promise<Chains> {
  try {
    return await openChains(options);
  } catch (error) {
    if (!(error instanceof ChainsConfigError)) throw error;
    process.stderr.write(`${error.message}\nThe file is explained in docs/operations.md, "Chains".\n`);
    process.exit(options.exitCode);
  }
}

export function chainsFile(dataDir: string): string {
  return path.join(dataDir, "chains.json");
}
