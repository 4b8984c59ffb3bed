"use client";

import { useQuery } from "@tanstack/react-query";
import { PenLine, Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "~/components/ui/button";
import { Card, CardHeader, CardTitle } from "~/components/ui/card";
import { EmptyState } from "~/components/ui/empty-state";
import { ErrorState } from "~/components/ui/error-state";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "~/components/ui/select";
import { Skeleton } from "~/components/ui/skeleton";
import type { SignerView } from "~/server/api/schemas/chains";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";
import { useOwnedWorkspace } from "../use-owned-workspace";
import { RemoveSignerDialog } from "./remove-signer-dialog";
import { SetSignerDialog, type SignerToSet } from "./set-signer-dialog";
import { SignerRow, WantingChainRow } from "./signer-rows";

/** The keys with which a workspace pays for its deployments. Its owners alone see and set them. */
export function SignersCard() {
  const { slugs, workspace, choose } = useOwnedWorkspace();
  if (slugs?.length === 0) return null;
  return (
    <Card id="signing-keys" aria-labelledby="signers" className="scroll-mt-16">
      {workspace === undefined ? (
        <div role="status" aria-label="Loading signing keys" className="p-4"><Skeleton className="h-10" /></div>
      ) : (
        // Another workspace is another card: no dialog of one may write into the other.
        <WorkspaceSigners key={workspace} workspace={workspace} slugs={slugs ?? []} onWorkspace={choose} />
      )}
    </Card>
  );
}

function WorkspaceSigners({ workspace, slugs, onWorkspace }: { workspace: string; slugs: readonly string[]; onWorkspace: (slug: string) => void }) {
  const trpc = useTRPC();
  const signers = useQuery(trpc.signers.list.queryOptions({ workspace }));
  const chains = useQuery(trpc.chains.list.queryOptions({ workspace }, { refetchOnMount: "always" }));
  const [setting, setSetting] = useState<SignerToSet | null>(null);
  const [removed, setRemoved] = useState<SignerView | null>(null);
  const wanting = chains.data?.chains.filter((chain) => chain.signer !== null) ?? [];
  const failed = [signers, chains].find((query) => query.isError);
  const isLoaded = signers.data !== undefined && chains.data !== undefined;
  const usersOf = (name: string) => wanting.filter((chain) => chain.signer === name).map((chain) => chain.name);
  return (
    <>
      <CardHeader>
        <CardTitle id="signers">Signing keys</CardTitle>
        <div className="flex min-w-0 flex-wrap items-center gap-2">
          <Select value={workspace} onValueChange={onWorkspace}>
            <SelectTrigger aria-label="Workspace" className="h-7 max-w-40 text-xs"><SelectValue /></SelectTrigger>
            <SelectContent>{slugs.map((slug) => <SelectItem key={slug} value={slug}>{slug}</SelectItem>)}</SelectContent>
          </Select>
          <Button size="sm" onClick={() => setSetting({ name: null })}><Plus aria-hidden />Add key</Button>
        </div>
      </CardHeader>
      {failed === undefined && !isLoaded ? <div role="status" aria-label="Loading signing keys" className="p-4"><Skeleton className="h-10" /></div> : null}
      {failed === undefined ? null : (
        <ErrorState
          className="py-6" title="The signing keys could not be loaded" message={describeError(failed.error).message} safe="Deployments go on using them."
          onRetry={() => void Promise.all([signers.refetch(), chains.refetch()])} retrying={signers.isRefetching || chains.isRefetching}
        />
      )}
      {isLoaded && wanting.length === 0 && signers.data.signers.length === 0 ? (
        <EmptyState
          className="py-8" icon={PenLine} title="No keys needed"
          description="The local chains of this server pay with coins of their own. Other chains want a key that pays for deployments; whoever runs this server adds such chains."
        />
      ) : null}
      {wanting.length === 0 ? null : (
        <ul aria-label="Chains that want a key" className="divide-y border-b last:border-b-0">
          {wanting.map((chain) => <WantingChainRow key={chain.chain_id} chain={chain} onSet={(name) => setSetting({ name })} />)}
        </ul>
      )}
      {signers.data === undefined || signers.data.signers.length === 0 ? null : (
        <ul aria-label="Keys" className="divide-y">
          {signers.data.signers.map((signer) => (
            <SignerRow key={signer.name} signer={signer} usedBy={usersOf(signer.name)} onReplace={() => setSetting({ name: signer.name, replaces: signer.address })} onRemove={() => setRemoved(signer)} />
          ))}
        </ul>
      )}
      <SetSignerDialog workspace={workspace} signer={setting} onClose={() => setSetting(null)} />
      <RemoveSignerDialog workspace={workspace} signer={removed} usedBy={removed === null ? [] : usersOf(removed.name)} onClose={() => setRemoved(null)} />
    </>
  );
}
