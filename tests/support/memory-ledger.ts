/** The deployment ledger in memory, for stages without a platform around them. */
import type { DeploymentLedger, LaneEnd, LaneTransaction, OpenLane } from "~/pipelines/define";

export interface MemoryLedger extends DeploymentLedger {
  lanes: Map<number, OpenLane & { signer?: string; end?: LaneEnd; told: string[] }>;
  transactions: (LaneTransaction & { chainId: number; signer: string })[];
}

export function createMemoryLedger(): MemoryLedger {
  const lanes: MemoryLedger["lanes"] = new Map();
  const transactions: MemoryLedger["transactions"] = [];
  // One at a time: what the lock in the database does.
  let queue: Promise<unknown> = Promise.resolve();
  const alone = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const next = queue.then(work, work);
    queue = next.catch(() => undefined);
    return next;
  };
  const laneOf = (chainId: number) => {
    const lane = lanes.get(chainId);
    if (lane === undefined) throw new Error(`Lane ${chainId} was not opened.`);
    return lane;
  };
  const record = async (chainId: number, step: LaneTransaction["step"], nonce: number, sign: (nonce: number) => Promise<{ raw: `0x${string}`; hash: `0x${string}` }>) => {
    const transaction = { id: `dtx_${transactions.length}`, chainId, signer: laneOf(chainId).signer ?? "", step, nonce, ...(await sign(nonce)), status: "sent" as const, own: true };
    transactions.push(transaction);
    return transaction;
  };
  return {
    lanes,
    transactions,
    open: async (lane) => void lanes.set(lane.chainId, { ...lane, told: [] }),
    assignSigner: async ({ chainId, signer }) => void (laneOf(chainId).signer = signer.toLowerCase()),
    find: async ({ chainId, step }) => {
      const open = transactions.filter((one) => one.chainId === chainId && one.step === step && ["sent", "confirmed"].includes(one.status));
      return open.filter((one) => one.nonce === open.at(-1)?.nonce);
    },
    replace: ({ chainId, transaction, sign }) => alone(() => record(chainId, transaction.step, transaction.nonce, sign)),
    sign: ({ chainId, step, readNonce, sign }) => alone(async () => record(chainId, step, await readNonce(), sign)),
    fillGap: ({ chainId, below, readNonce, sign }) =>
      alone(async () => {
        const filled: LaneTransaction[] = [];
        for (let nonce = await readNonce(); nonce < below; nonce++) {
          filled.push(transactions.find((one) => one.chainId === chainId && one.nonce === nonce && one.status === "confirmed") ?? (await record(chainId, "filler", nonce, sign)));
        }
        return filled;
      }),
    mark: async ({ transaction, status }) => {
      for (const one of transactions) if (one.id === transaction.id) one.status = status;
    },
    tell: async ({ chainId, message }) => void laneOf(chainId).told.push(message),
    settle: async ({ chainId, end }) => void (laneOf(chainId).end = end),
  };
}
