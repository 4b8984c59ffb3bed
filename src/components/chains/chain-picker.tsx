"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Badge } from "~/components/ui/badge";
import { Checkbox } from "~/components/ui/checkbox";
import { Skeleton } from "~/components/ui/skeleton";
import { useTRPC } from "~/trpc/client";
import type { ChainView } from "~/server/api/schemas/chains";

/** `ids` null: nobody has chosen yet, and the installation's own first chain counts. */
export interface ChainChoice {
  ids: readonly number[] | null;
  /** Main networks that the maker has confirmed. */
  confirmed: readonly number[];
}

export const NO_CHAINS: ChainChoice = { ids: null, confirmed: [] };

export interface ChainPickerProps {
  workspace: string;
  choice: ChainChoice;
  onChoice: (choice: ChainChoice) => void;
  /** What the server or the form has against the choice. */
  problem?: string;
  /** Chains that are not offered. */
  without?: readonly number[];
}

/** The chains of the server, as they are now (a signer may have been set since), and which of them are chosen. */
export function useChains({ workspace, choice }: { workspace: string; choice: ChainChoice }): { chains: readonly ChainView[] | undefined; chosen: number[] } {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.chains.list.queryOptions({ workspace }, { enabled: workspace !== "", refetchOnMount: "always", refetchOnWindowFocus: "always" }));
  const own = data?.chains.find((chain) => chain.embedded);
  return { chains: data?.chains, chosen: [...(choice.ids ?? (own === undefined ? [] : [own.chain_id]))] };
}

export function ChainPicker({ workspace, choice, onChoice, problem, without = [] }: ChainPickerProps) {
  const { chains, chosen } = useChains({ workspace, choice });
  const offered = chains?.filter((chain) => !without.includes(chain.chain_id));
  const toggle = (list: readonly number[], id: number, on: boolean) => (on ? [...list.filter((each) => each !== id), id] : list.filter((each) => each !== id));
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">Deploy to</legend>
      {chains === undefined ? <Skeleton className="h-24 w-full" /> : null}
      {chains?.length === 0 ? <p className="text-xs text-muted">This server has no chains: the contract is built and audited, and not deployed.</p> : null}
      {offered?.map((chain) => (
        <div key={chain.chain_id} className="flex flex-col gap-1.5 rounded-md border p-2">
          <label className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="flex max-w-full min-w-0 grow items-center gap-2">
              <Checkbox aria-invalid={(problem !== undefined && chosen.includes(chain.chain_id) && !chain.has_signer) || undefined} checked={chosen.includes(chain.chain_id)} onCheckedChange={(on) => onChoice({ ...choice, ids: toggle(chosen, chain.chain_id, on === true) })} />
              <span className="min-w-0 truncate text-sm">{chain.name} <span className="text-xs text-muted tabular-nums">{chain.chain_id}</span></span>
            </span>
            <ChainBadges chain={chain} />
          </label>
          {chain.has_signer ? null : (
            <Link href={`/settings?workspace=${encodeURIComponent(workspace)}#signing-keys`} target="_blank" className="w-fit text-xs text-accent underline-offset-2 hover:underline">
              Set the key {chain.signer} in the settings
            </Link>
          )}
          {!chain.testnet && chosen.includes(chain.chain_id) ? (
            <label className="flex items-start gap-2 text-xs text-pretty">
              <Checkbox className="mt-0.5" aria-invalid={(problem !== undefined && !choice.confirmed.includes(chain.chain_id)) || undefined} checked={choice.confirmed.includes(chain.chain_id)} onCheckedChange={(on) => onChoice({ ...choice, confirmed: toggle(choice.confirmed, chain.chain_id, on === true) })} />
              <span>I mean it: this is a main network, and deploying costs real {chain.unit}.</span>
            </label>
          ) : null}
        </div>
      ))}
      <p role="status" className="text-xs text-failed empty:hidden">{problem}</p>
    </fieldset>
  );
}

/** What kind of chain it is, and what stands in the way: real money is told however the chain fares. */
function ChainBadges({ chain }: { chain: ChainView }) {
  return (
    <span className="flex flex-wrap justify-end gap-1">
      {chain.testnet ? null : <Badge tone="stale">main network</Badge>}
      {!chain.available ? <Badge tone="failed">unreachable</Badge> : null}
      {chain.available && !chain.has_signer ? <Badge tone="stale">no signer</Badge> : null}
      {chain.available && chain.has_signer && chain.testnet ? <Badge tone="outline">{chain.embedded ? "local" : "testnet"}</Badge> : null}
    </span>
  );
}

/** Why the choice can't be built as it is. */
export function describeChainProblem({ chains, chosen, choice }: { chains: readonly ChainView[]; chosen: readonly number[]; choice: ChainChoice }): string | undefined {
  for (const chain of chains) {
    if (!chosen.includes(chain.chain_id)) continue;
    if (!chain.has_signer) return `${chain.name} has no signer in this workspace: set ${chain.signer ?? "one"} in the settings, or leave the chain out.`;
    if (!chain.testnet && !choice.confirmed.includes(chain.chain_id)) return `Confirm ${chain.name}: it is a main network.`;
  }
  return undefined;
}
