"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { BookOpen, KeyRound, Plus, Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { RelativeTime } from "~/components/time/relative-time";
import { Badge } from "~/components/ui/badge";
import { Button } from "~/components/ui/button";
import { Card, CardHeader, CardTitle } from "~/components/ui/card";
import { Dialog, DialogClose, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "~/components/ui/dialog";
import { EmptyState } from "~/components/ui/empty-state";
import { ErrorState } from "~/components/ui/error-state";
import { Skeleton } from "~/components/ui/skeleton";
import { toast } from "~/components/ui/toast";
import type { TokenView } from "~/server/api/schemas/account";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";
import { CreateTokenDialog } from "./create-token-dialog";

export function TokensCard() {
  const trpc = useTRPC();
  const query = useQuery(trpc.tokens.list.queryOptions());
  const [creating, setCreating] = useState(false);
  const [revoked, setRevoked] = useState<TokenView | null>(null);
  return (
    <Card aria-labelledby="tokens">
      <CardHeader>
        <CardTitle id="tokens">API tokens</CardTitle>
        <div className="flex items-center gap-2">
          <Button asChild variant="ghost" size="sm"><Link href="/docs/api"><BookOpen aria-hidden />API reference</Link></Button>
          <Button size="sm" onClick={() => setCreating(true)}><Plus aria-hidden />New token</Button>
        </div>
      </CardHeader>
      {query.isPending ? <div role="status" aria-label="Loading tokens" className="p-4"><Skeleton className="h-10" /></div> : null}
      {query.isError ? <ErrorState className="py-6" title="The tokens could not be loaded" message={describeError(query.error).message} safe="They go on working." onRetry={() => void query.refetch()} retrying={query.isRefetching} /> : null}
      {query.data?.tokens.length === 0 ? <EmptyState className="py-8" icon={KeyRound} title="No tokens yet" description="A token lets a script push files, follow builds and fetch artifacts as you." /> : null}
      <ul className="divide-y">
        {query.data?.tokens.map((token) => <TokenRow key={token.token_id} token={token} onRevoke={() => setRevoked(token)} />)}
      </ul>
      <CreateTokenDialog open={creating} onOpenChange={setCreating} />
      <RevokeDialog token={revoked} onClose={() => setRevoked(null)} />
    </Card>
  );
}

function TokenRow({ token, onRevoke }: { token: TokenView; onRevoke: () => void }) {
  return (
    <li className="flex items-center gap-3 px-4 py-2.5">
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <span className="truncate font-medium">{token.name}</span>
          <code className="text-xs text-muted">{token.preview}</code>
          {token.scopes.map((scope) => <Badge key={scope}>{scope}</Badge>)}
        </span>
        <span className="text-xs text-muted">
          {token.last_used_at === null ? "Never used" : <>Used <RelativeTime at={token.last_used_at} /></>}, made <RelativeTime at={token.created_at} />
          {token.expires_at === null ? ", never expires" : <>, expires <RelativeTime at={token.expires_at} /></>}
        </span>
      </div>
      <Button variant="ghost" size="icon-sm" aria-label={`Revoke ${token.name}`} onClick={onRevoke}><Trash2 aria-hidden /></Button>
    </li>
  );
}

function RevokeDialog({ token, onClose }: { token: TokenView | null; onClose: () => void }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const revoke = useMutation(
    trpc.tokens.revoke.mutationOptions({
      onSuccess: () => {
        toast.success("The token is revoked");
        onClose();
      },
      onError: (error) => toast.error("The token was not revoked", { description: describeError(error).message }),
      onSettled: () => client.invalidateQueries({ queryKey: trpc.tokens.list.queryKey() }),
    }),
  );
  return (
    <Dialog open={token !== null} onOpenChange={(open) => { if (!open) onClose(); }}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Revoke {token?.name}?</DialogTitle>
          <DialogDescription>Whatever uses it stops working at once. This can't be undone.</DialogDescription>
        </DialogHeader>
        <DialogFooter>
          <DialogClose asChild><Button>Keep it</Button></DialogClose>
          <Button variant="danger" busy={revoke.isPending} onClick={() => { if (token !== null) revoke.mutate({ token_id: token.token_id }); }}>Revoke</Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
