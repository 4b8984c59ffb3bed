"use client";

import { BadgeCheck, ExternalLink, RotateCw, TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { CachedMark } from "~/components/status/cached-badge";
import { StatusBadge } from "~/components/status/status-badge";
import { TickingDuration } from "~/components/time/ticking-duration";
import { Badge } from "~/components/ui/badge";
import { Button } from "~/components/ui/button";
import { CopyButton } from "~/components/ui/copy-button";
import type { DeploymentView } from "~/server/api/schemas/builds";
import { groupDigits, shortenCoins } from "../format-number";

export interface DeploymentRowProps {
  lane: DeploymentView;
  workspace: string;
  /** Null: there is nothing to try again, or the reader may not. */
  retry: { busy: boolean; ask: () => void } | null;
}

/** One chain. */
export function DeploymentRow({ lane, workspace, retry }: DeploymentRowProps) {
  const durationMs = lane.started_at === null || lane.completed_at === null ? null : Date.parse(lane.completed_at) - Date.parse(lane.started_at);
  return (
    <li aria-label={lane.chain_name} className="flex min-w-0 flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <StatusBadge status={lane.status} />
        <h3 className="font-medium">{lane.chain_name}</h3>
        <span className="text-xs text-muted tabular-nums">{lane.chain_id}</span>
        {lane.verified ? <Badge tone="successful" title="The code on the chain is the compiled one"><BadgeCheck aria-hidden />verified</Badge> : null}
        {lane.status === "successful" && !lane.verified ? <Badge tone="stale" title="The code on the chain was not compared, or differs"><TriangleAlert aria-hidden />not verified</Badge> : null}
        {lane.carried_over ? <Badge tone="cached" title="An earlier build put it there; this one paid nothing"><CachedMark />there already</Badge> : null}
        {lane.attempt > 1 && !lane.carried_over ? <span className="text-xs text-muted">attempt {lane.attempt}</span> : null}
        <span className="ml-auto flex items-center gap-2">
          {lane.carried_over ? null : <TickingDuration startedAt={lane.started_at} durationMs={durationMs} className="text-xs text-muted" />}
          {retry === null ? null : (
            <Button size="sm" busy={retry.busy} onClick={retry.ask} aria-label={`Retry ${lane.chain_name}`}>{retry.busy ? null : <RotateCw aria-hidden />}Retry</Button>
          )}
        </span>
      </div>
      {lane.error === null ? null : (
        <div role="alert" className="flex flex-col gap-1 rounded-md bg-failed/8 px-3 py-2 text-sm">
          <p className="break-words">{lane.error.message} <code className="text-xs text-muted">{lane.error.code}</code></p>
          {lane.error.code === "no_signer" && retry !== null ? (
            <Link href={`/settings?workspace=${encodeURIComponent(workspace)}#signing-keys`} target="_blank" className="w-fit text-xs text-accent underline-offset-2 hover:underline">Set the key in the settings, then retry</Link>
          ) : null}
        </div>
      )}
      <dl className="grid min-w-0 grid-cols-[auto_minmax(0,1fr)] gap-x-4 text-sm empty:hidden">
        {lane.address === null ? null : (
          <Fact label="Address">
            <Hash text={lane.address} what={`address on ${lane.chain_name}`} />
            {lane.explorer_url === null ? null : (
              <a href={lane.explorer_url} target="_blank" rel="noreferrer" className="inline-flex items-center gap-1 text-xs text-accent underline-offset-3 hover:underline">Explorer<ExternalLink aria-hidden className="size-3" /><span className="sr-only">of {lane.chain_name}, in a new tab</span></a>
            )}
          </Fact>
        )}
        {lane.transaction === null ? null : (
          <Fact label="Transaction">
            <Hash text={lane.transaction} what={`transaction on ${lane.chain_name}`} />
          </Fact>
        )}
        {lane.block === null ? null : <Fact label="Block"><span className="tabular-nums">{groupDigits(String(lane.block))}</span></Fact>}
        {lane.gas_used === null ? null : (
          <Fact label="Gas">
            <span className="tabular-nums">{groupDigits(String(lane.gas_used))}</span>
            {lane.cost === null ? null : <span className="text-muted tabular-nums" title={`${lane.cost} ${lane.unit}`}>{shortenCoins(lane.cost)} {lane.unit}</span>}
          </Fact>
        )}
      </dl>
    </li>
  );
}

function Hash({ text, what }: { text: string; what: string }) {
  return (
    <span className="flex min-w-0 items-center gap-1">
      <span className="min-w-0 font-mono text-xs break-all">{text}</span>
      <CopyButton text={text} what={what} className="shrink-0" />
    </span>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-xs leading-6 text-muted">{label}</dt>
      <dd className="flex min-h-6 min-w-0 flex-wrap items-center gap-x-2">{children}</dd>
    </>
  );
}
