"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { flexRender, getCoreRowModel, useReactTable } from "@tanstack/react-table";
import { FilterX, Hammer } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useMemo, useRef, useState, type ReactNode } from "react";
import { Button } from "~/components/ui/button";
import { EmptyState } from "~/components/ui/empty-state";
import { ErrorState } from "~/components/ui/error-state";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "~/components/ui/table";
import type { BuildSummary } from "~/server/api/schemas/builds";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";
import { useCanWrite } from "~/trpc/use-can-write";
import { createBuildColumns } from "./build-columns";
import { BuildRowMenu } from "./build-row-menu";
import { BuildsFilters } from "./builds-filters";
import { BuildRowSkeletons } from "./builds-table-skeleton";
import { COLUMN_CLASSES } from "./column-classes";
import { CompareDialog } from "./compare-dialog";
import { filterParsers, hasFilters, toListInput, type BuildScope } from "./filters";
import { LoadMore } from "./load-more";
import { useBuildActions } from "../builds/use-build-actions";
import { useRowKeys } from "./use-row-keys";
import { useSettled } from "./use-settled";

export interface BuildsTableProps {
  scope: BuildScope;
  /** What to do where there is nothing at all yet. */
  emptyAction?: ReactNode;
}

/** Builds, newest first: filtered by the URL, endless, live, and usable by keyboard alone. */
export function BuildsTable({ scope, emptyAction }: BuildsTableProps) {
  const trpc = useTRPC();
  const [filters, setFilters] = useQueryStates(filterParsers);
  const [compared, setCompared] = useState<BuildSummary | null>(null);
  const tableRef = useRef<HTMLTableElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const actions = useBuildActions();
  const canWrite = useCanWrite();
  const settled = useSettled({ value: filters, afterMs: 180 });
  const query = useInfiniteQuery(
    trpc.builds.list.infiniteQueryOptions(toListInput({ filters: settled, scope }), { getNextPageParam: (page) => page.next_cursor, placeholderData: keepPreviousData }),
  );
  const showPackage = scope.package === undefined;
  const builds = useMemo(() => query.data?.pages.flatMap((page) => page.builds) ?? [], [query.data]);
  const columns = useMemo(() => createBuildColumns({ showPackage }), [showPackage]);
  const branches = useMemo(() => [...new Set(builds.flatMap((build) => build.ref ?? []))].slice(0, 30), [builds]);
  const table = useReactTable({ data: builds, columns, getRowId: (build) => build.build_id, getCoreRowModel: getCoreRowModel() });
  useRowKeys({ tableRef, searchRef, builds, actions, canWrite: (build) => canWrite({ package: build.package }) });
  const first = query.data?.pages[0];

  return (
    <div className="flex min-w-0 flex-col gap-3">
      <BuildsFilters searchRef={searchRef} branches={branches} searchHint={showPackage ? "Search package, #number, commit, error…" : "Search #number, commit, version, error…"} />
      <div className="min-w-0 overflow-hidden rounded-lg border bg-surface">
        <Table ref={tableRef} aria-label="Builds" aria-busy={query.isPending} className="table-fixed">
          <TableHead>
            {table.getHeaderGroups().map((group) => (
              <TableRow key={group.id}>
                {group.headers.map((header) => <TableHeaderCell key={header.id} className={COLUMN_CLASSES[header.column.id]}>{flexRender(header.column.columnDef.header, header.getContext())}</TableHeaderCell>)}
                <TableHeaderCell className={COLUMN_CLASSES["menu"]}><span className="sr-only">Actions</span></TableHeaderCell>
              </TableRow>
            ))}
          </TableHead>
          <TableBody>
            {query.isPending ? <BuildRowSkeletons rows={12} /> : null}
            {table.getRowModel().rows.map((row) => (
              <TableRow key={row.id} data-build-id={row.id} className="relative h-14 transition-colors focus-within:bg-surface-hover/60 hover:bg-surface-hover/60">
                {row.getVisibleCells().map((cell) => <TableCell key={cell.id} className={COLUMN_CLASSES[cell.column.id]}>{flexRender(cell.column.columnDef.cell, cell.getContext())}</TableCell>)}
                <TableCell className={COLUMN_CLASSES["menu"]}>
                  <span className="relative z-1"><BuildRowMenu build={row.original} canWrite={canWrite({ package: row.original.package })} actions={actions} onCompare={() => setCompared(row.original)} /></span>
                </TableCell>
              </TableRow>
            ))}
            {query.isFetchingNextPage ? <BuildRowSkeletons rows={3} /> : null}
          </TableBody>
        </Table>
        {query.isError && builds.length === 0 ? <ErrorState title="The builds could not be loaded" message={describeError(query.error).message} safe="Builds that run go on." onRetry={() => void query.refetch()} retrying={query.isRefetching} /> : null}
        {query.isSuccess && builds.length === 0 ? (
          hasFilters(filters) ? (
            <EmptyState icon={FilterX} title="No build fits these filters" description="Take some away to see more." action={<Button onClick={() => void setFilters(null)}>Clear filters</Button>} />
          ) : (
            <EmptyState icon={Hammer} title="Nothing was built yet" description="Push files and the build shows up here, live." action={emptyAction} />
          )
        ) : null}
      </div>
      <div className="flex min-h-8 items-center justify-between gap-3 text-xs text-muted">
        <span className="tabular-nums" role="status">{first === undefined ? "" : `${builds.length.toLocaleString("en")} of ${first.total.toLocaleString("en")}${first.total_exact ? "" : "+"} builds`}</span>
        {query.hasNextPage ? <LoadMore busy={query.isFetchingNextPage} onLoad={() => void query.fetchNextPage()} /> : null}
      </div>
      <CompareDialog build={compared} onClose={() => setCompared(null)} />
    </div>
  );
}
