"use client";

import { RefreshCw, Trash2 } from "lucide-react";
import { RelativeTime } from "~/components/time/relative-time";
import { Badge } from "~/components/ui/badge";
import { Button } from "~/components/ui/button";
import { CopyButton } from "~/components/ui/copy-button";
import type { ChainView, SignerView } from "~/server/api/schemas/chains";

/** A chain that deploys only with a key of the workspace's own. */
export function WantingChainRow({ chain, onSet }: { chain: ChainView; onSet: (name: string) => void }) {
  const { signer } = chain;
  return (
    <li className="flex items-center gap-3 px-4 py-2.5">
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <span className="truncate font-medium">{chain.name}</span>
          {chain.testnet ? null : <Badge tone="stale">main network</Badge>}
          {chain.has_signer ? <Badge tone="successful">key set</Badge> : <Badge tone="stale">no key</Badge>}
        </span>
        <span className="text-xs text-muted">Wants the key <code className="break-all">{signer}</code>, which pays in {chain.unit}</span>
      </div>
      {chain.has_signer || signer === null ? null : <Button size="sm" aria-label={`Set ${signer} for ${chain.name}`} onClick={() => onSet(signer)}>Set</Button>}
    </li>
  );
}

export interface SignerRowProps {
  signer: SignerView;
  /** Names of chains. */
  usedBy: readonly string[];
  onReplace: () => void;
  onRemove: () => void;
}

export function SignerRow({ signer, usedBy, onReplace, onRemove }: SignerRowProps) {
  return (
    <li className="flex items-center gap-2 px-4 py-2.5">
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <code className="min-w-0 font-medium break-all">{signer.name}</code>
          {signer.address === null ? <Badge tone="failed">unreadable</Badge> : null}
          {usedBy.length === 0 ? <Badge>used by no chain</Badge> : null}
        </span>
        {signer.address === null ? (
          <span className="text-xs text-pretty text-failed">It was kept under another secret of this server. Replace it.</span>
        ) : (
          <span className="flex min-w-0 items-center gap-1"><code className="min-w-0 text-xs break-all">{signer.address}</code><CopyButton text={signer.address} what="address" /></span>
        )}
        <span className="text-xs text-muted">Set <RelativeTime at={signer.updated_at} />{usedBy.length === 0 ? null : `, pays on ${usedBy.join(", ")}`}</span>
      </div>
      <Button variant="ghost" size="icon-sm" aria-label={`Replace ${signer.name}`} onClick={onReplace}><RefreshCw aria-hidden /></Button>
      <Button variant="ghost" size="icon-sm" aria-label={`Remove ${signer.name}`} onClick={onRemove}><Trash2 aria-hidden /></Button>
    </li>
  );
}
