"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Laptop, Smartphone } from "lucide-react";
import { RelativeTime } from "~/components/time/relative-time";
import { Badge } from "~/components/ui/badge";
import { Button } from "~/components/ui/button";
import { Card, CardHeader, CardTitle } from "~/components/ui/card";
import { ErrorState } from "~/components/ui/error-state";
import { Skeleton } from "~/components/ui/skeleton";
import { toast } from "~/components/ui/toast";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";
import { describeBrowser } from "./describe-browser";

export function SessionsCard() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const query = useQuery(trpc.me.sessions.queryOptions());
  const revoke = useMutation(
    trpc.me.revokeSession.mutationOptions({
      onSuccess: () => toast.success("Signed out there"),
      onError: (error) => toast.error("That browser is still signed in", { description: describeError(error).message }),
      onSettled: () => client.invalidateQueries({ queryKey: trpc.me.sessions.queryKey() }),
    }),
  );
  return (
    <Card aria-labelledby="sessions">
      <CardHeader><CardTitle id="sessions">Signed-in browsers</CardTitle></CardHeader>
      {query.isPending ? <div className="p-4"><Skeleton className="h-10" /></div> : null}
      {query.isError ? <ErrorState className="py-6" title="The list could not be loaded" message={describeError(query.error).message} onRetry={() => void query.refetch()} retrying={query.isRefetching} /> : null}
      <ul className="divide-y">
        {query.data?.sessions.map((session) => {
          const browser = describeBrowser(session.user_agent);
          const Icon = browser.isPhone ? Smartphone : Laptop;
          return (
            <li key={session.session_id} className="flex items-center gap-3 px-4 py-2.5">
              <Icon aria-hidden className="size-4 shrink-0 text-muted" />
              <div className="flex min-w-0 flex-1 flex-col">
                <span className="flex items-center gap-2 font-medium"><span className="truncate">{browser.name}</span>{session.current ? <Badge tone="accent">this one</Badge> : null}</span>
                <span className="text-xs text-muted">Seen <RelativeTime at={session.last_seen_at} />, signed in <RelativeTime at={session.created_at} /></span>
              </div>
              {session.current ? null : <Button size="sm" aria-label={`Sign out ${browser.name}`} disabled={revoke.isPending} onClick={() => revoke.mutate({ session_id: session.session_id })}>Sign out</Button>}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
