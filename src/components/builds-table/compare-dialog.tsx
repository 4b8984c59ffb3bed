"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Badge } from "~/components/ui/badge";
import { Dialog, DialogBody, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "~/components/ui/dialog";
import { ErrorState } from "~/components/ui/error-state";
import { Skeleton } from "~/components/ui/skeleton";
import type { Comparison } from "~/server/api/schemas/build-requests";
import type { BuildSummary } from "~/server/api/schemas/builds";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";

/** What changed since it was green: files, toolchain and results against the last successful build. */
export function CompareDialog({ build, onClose }: { build: BuildSummary | null; onClose: () => void }) {
  return (
    <Dialog open={build !== null} onOpenChange={(open) => { if (!open) onClose(); }}>
      <DialogContent className="max-w-lg">{build === null ? null : <CompareBody build={build} />}</DialogContent>
    </Dialog>
  );
}

function CompareBody({ build }: { build: BuildSummary }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.builds.compareWithGreen.queryOptions({ build_id: build.build_id }));
  const base = query.data?.base ?? null;
  return (
    <>
      <DialogHeader>
        <DialogTitle>What changed in #{build.number}</DialogTitle>
        <DialogDescription>{base === null ? `${build.package}, against the last successful build` : `${build.package}, against #${base.number}, the last successful build before it`}</DialogDescription>
      </DialogHeader>
      <DialogBody>
        {query.isPending ? <div role="status" aria-label="Comparing" className="flex flex-col gap-2"><Skeleton className="h-4 w-1/3" /><Skeleton className="h-4 w-2/3" /><Skeleton className="h-4 w-1/2" /></div> : null}
        {query.isError ? <ErrorState className="py-4" title="The builds could not be compared" message={describeError(query.error).message} onRetry={() => void query.refetch()} retrying={query.isRefetching} /> : null}
        {query.data === undefined ? null : <Changes comparison={query.data} />}
      </DialogBody>
    </>
  );
}

function Changes({ comparison }: { comparison: Comparison }) {
  if (comparison.base === null) return <p className="text-sm text-muted">No build of this package was successful before this one, so there is nothing to compare it with.</p>;
  const nothing = comparison.files.length + comparison.toolchain.length + comparison.artifacts.length === 0;
  if (nothing) return <p className="text-sm text-muted">Nothing: the same files, the same toolchain, the same results.</p>;
  return (
    <>
      <ChangeList title="Files" isEmpty={comparison.files.length === 0}>
        {comparison.files.map((file) => <ChangeRow key={file.path} name={file.path} change={file.change} />)}
      </ChangeList>
      <ChangeList title="Toolchain" isEmpty={comparison.toolchain.length === 0}>
        {comparison.toolchain.map((tool) => (
          <li key={tool.name} className="flex items-center justify-between gap-3 py-1.5">
            <span className="truncate font-mono text-xs">{tool.name}</span>
            <span className="shrink-0 font-mono text-xs text-muted">{tool.from ?? "none"} → {tool.to ?? "none"}</span>
          </li>
        ))}
      </ChangeList>
      <ChangeList title="Results" isEmpty={comparison.artifacts.length === 0}>
        {comparison.artifacts.map((artifact) => <ChangeRow key={artifact.name} name={artifact.name} change={artifact.change} />)}
      </ChangeList>
    </>
  );
}

function ChangeList({ title, isEmpty, children }: { title: string; isEmpty: boolean; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-1">
      <h3 className="text-xs font-medium text-muted">{title}</h3>
      {isEmpty ? <p className="text-sm text-muted">The same</p> : <ul className="flex flex-col divide-y">{children}</ul>}
    </section>
  );
}

function ChangeRow({ name, change }: { name: string; change: "added" | "removed" | "changed" }) {
  return (
    <li className="flex items-center justify-between gap-3 py-1.5">
      <span className="min-w-0 truncate font-mono text-xs" title={name}>{name}</span>
      <Badge>{change}</Badge>
    </li>
  );
}
