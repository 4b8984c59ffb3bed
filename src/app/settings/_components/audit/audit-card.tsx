"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Card, CardHeader, CardTitle } from "~/components/ui/card";
import { Button } from "~/components/ui/button";
import { ErrorState } from "~/components/ui/error-state";
import { Skeleton } from "~/components/ui/skeleton";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";
import { useOwnedWorkspace } from "../use-owned-workspace";
import { AuditRow } from "./audit-row";

const PAGE = 10;

/** Who changed the keys that pay for a workspace's deployments. Its owners alone see it. */
export function AuditCard() {
  const { slugs, workspace } = useOwnedWorkspace();
  const trpc = useTRPC();
  const query = useInfiniteQuery(
    trpc.workspaces.auditLog.infiniteQueryOptions({ workspace: workspace ?? "", limit: PAGE }, { enabled: workspace !== undefined, getNextPageParam: (page) => page.next_cursor }),
  );
  if (slugs?.length === 0) return null;
  const entries = query.data?.pages.flatMap((page) => page.entries);
  return (
    <Card aria-labelledby="audit-log">
      <CardHeader>
        <CardTitle id="audit-log">Audit log</CardTitle>
        {workspace === undefined ? null : <span className="min-w-0 truncate text-xs text-muted">Signing keys of {workspace}</span>}
      </CardHeader>
      {query.isPending ? <div role="status" aria-label="Loading the audit log" className="p-4"><Skeleton className="h-10" /></div> : null}
      {query.isError ? (
        <ErrorState className="py-6" title="The audit log could not be loaded" message={describeError(query.error).message} safe="Every entry is kept." onRetry={() => void query.refetch()} retrying={query.isRefetching} />
      ) : null}
      {entries?.length === 0 ? <p className="px-4 py-6 text-center text-sm text-muted">No key was set or removed yet.</p> : null}
      {entries === undefined || entries.length === 0 ? null : <ul aria-label="Entries" className="divide-y">{entries.map((entry) => <AuditRow key={entry.entry_id} entry={entry} />)}</ul>}
      {query.hasNextPage ? (
        <div className="flex justify-center border-t p-2"><Button variant="ghost" size="sm" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>Show older</Button></div>
      ) : null}
    </Card>
  );
}
