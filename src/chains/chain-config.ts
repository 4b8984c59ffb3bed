/**
 * Which chains this installation knows. Without a file: three local ones, each an `anvil` of our own. With a file, exactly
 * what it lists. RPC addresses often carry a key, so they count as secrets: they are in no answer, log or error.
 */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { SIGNER_NAME, SIGNER_RULE } from "~/domain/names";

export { SIGNER_NAME, SIGNER_RULE };

export interface Chain {
  id: number;
  name: string;
  /** False: a main network. Deployments to it need a confirmation each time and a signer. */
  testnet: boolean;
  /** Symbol of the coin that pays for gas; 18 decimals. */
  unit: string;
  /** Without a slash at the end; null: there is none. */
  explorerUrl: string | null;
  /** Name of the signing key in a workspace's secrets; null for embedded chains, whose key is the installation's own. */
  signer: string | null;
  /** Blocks that must be on top of (and with) a transaction's own before it counts. */
  confirmations: number;
  /** How long a sent transaction is waited for, ms. */
  receiptTimeoutMs: number;
  rpc: { kind: "url"; url: string } | { kind: "embedded"; port: number | null };
}

/** What is wrong with the file, one line per problem. */
export class ChainsConfigError extends Error {
  constructor(file: string, problems: readonly string[]) {
    super(`The chains in ${file} have ${problems.length === 1 ? "a problem" : `${problems.length} problems`}:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
    this.name = "ChainsConfigError";
  }
}

/** The largest id that the database's column holds. */
const LARGEST_ID = 2_147_483_647;
const ID_RULE = "must be a whole number from 1 to 2147483647, such as 11155111";
const webUrl = (what: string) =>
  z.string({ error: `must be ${what}` }).refine((value) => URL.canParse(value) && ["http:", "https:"].includes(new URL(value).protocol), `must be ${what}`);

const named = {
  id: z.int({ error: ID_RULE }).min(1, { error: ID_RULE }).max(LARGEST_ID, { error: ID_RULE }),
  name: z.string({ error: "must be the name people know the chain by" }).trim().min(1, { error: "must not be empty" }).max(60, { error: "must have at most 60 characters" }),
  unit: z.string().regex(/^[A-Za-z0-9]{1,12}$/, { error: "must be the coin's symbol, such as ETH" }).default("ETH"),
  explorer_url: webUrl("a URL such as https://sepolia.etherscan.io").optional(),
};

const remoteChain = z.strictObject({
  ...named,
  rpc_url: webUrl("the chain's RPC address, such as https://rpc.example.com"),
  signer: z.string({ error: "must name a signing key" }).regex(SIGNER_NAME, { error: SIGNER_RULE }),
  testnet: z.boolean({ error: "must be true or false: false means that deployments cost real money" }),
  confirmations: z.int().min(1).max(100).default(1),
  receipt_timeout_seconds: z.int().min(5).max(3_600).default(180),
});

const embeddedChain = z.strictObject({
  ...named,
  embedded: z.literal(true),
  port: z.int().min(1024).max(65_535).optional(),
});

const fileSchema = z.strictObject({ chains: z.array(z.unknown(), { error: "must be a list of chains" }).max(50, { error: "must have at most 50 chains" }) }, { error: "must be an object {\"chains\": […]}" });

const LOCAL = { testnet: true, unit: "ETH", explorerUrl: null, signer: null, confirmations: 1, receiptTimeoutMs: 20_000, rpc: { kind: "embedded", port: null } } as const;

/** The chains of an installation that configures none. */
export const DEFAULT_CHAINS: readonly Chain[] = [
  { ...LOCAL, id: 31_337, name: "Local" },
  { ...LOCAL, id: 5_001, name: "Local 5001" },
  { ...LOCAL, id: 1_337, name: "Local 1337" },
];

/** The chains that the text of a file (or of SLIPWAY_CHAINS) describes. Throws `ChainsConfigError`; values are never repeated in it. */
export function parseChains(options: { text: string; file: string }): Chain[] {
  const { file } = options;
  const problems: string[] = [];
  let json: unknown;
  try {
    json = JSON.parse(options.text);
  } catch {
    throw new ChainsConfigError(file, ["it is not JSON: check commas and quotes"]);
  }
  const list = fileSchema.safeParse(json);
  if (!list.success) throw new ChainsConfigError(file, list.error.issues.map((issue) => `${issue.path.join(".") || "all of it"}: ${issue.message}`));
  const chains = list.data.chains.flatMap((entry, index): Chain[] => {
    const embedded = typeof entry === "object" && entry !== null && "embedded" in entry;
    const parsed = embedded ? embeddedChain.safeParse(entry) : remoteChain.safeParse(entry);
    if (!parsed.success) {
      problems.push(...parsed.error.issues.map((issue) => `chains.${[index, ...issue.path.map(String)].join(".")}: ${issue.message}`));
      return [];
    }
    return [toChain(parsed.data)];
  });
  for (const [index, chain] of chains.entries()) {
    if (chains.findIndex((other) => other.id === chain.id) !== index) problems.push(`chains: ${chain.id} is listed twice; keep one of them`);
  }
  if (problems.length > 0) throw new ChainsConfigError(file, problems);
  return chains;
}

function toChain(entry: z.infer<typeof remoteChain> | z.infer<typeof embeddedChain>): Chain {
  const shared = { id: entry.id, name: entry.name, unit: entry.unit, explorerUrl: entry.explorer_url?.replace(/\/+$/, "") ?? null };
  if ("embedded" in entry) return { ...LOCAL, ...shared, rpc: { kind: "embedded", port: entry.port ?? null } };
  return {
    ...shared,
    testnet: entry.testnet,
    signer: entry.signer,
    confirmations: entry.confirmations,
    receiptTimeoutMs: entry.receipt_timeout_seconds * 1000,
    rpc: { kind: "url", url: entry.rpc_url },
  };
}

/** Reads `file`; without one, `DEFAULT_CHAINS`, unless it was asked for by name (`required`). Throws `ChainsConfigError`. */
export async function loadChains(options: { file: string; required: boolean }): Promise<readonly Chain[]> {
  let text: string;
  try {
    text = await readFile(options.file, "utf8");
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (missing && !options.required) return DEFAULT_CHAINS;
    throw new ChainsConfigError(options.file, [missing ? "the file is not there: make it, or unset SLIPWAY_CHAINS_FILE" : "the file can't be read: check its owner and mode"]);
  }
  return parseChains({ text, file: options.file });
}

/** Where a person sees an address; null without an explorer. */
export function explorerAddressUrl(chain: Pick<Chain, "explorerUrl">, address: string): string | null {
  return chain.explorerUrl === null ? null : `${chain.explorerUrl}/address/${address}`;
}

/** The name of a signer's row among the secrets of a workspace. */
export function signerSecretName(signer: string): string {
  return `signer/${signer}`;
}
