"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown, Download, FileArchive } from "lucide-react";
import { useState } from "react";
import { formatBytes } from "~/components/format/format-bytes";
import { Button } from "~/components/ui/button";
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuLabel, DropdownMenuSeparator, DropdownMenuTrigger } from "~/components/ui/dropdown-menu";
import { Spinner } from "~/components/ui/spinner";
import { useTRPC } from "~/trpc/client";

/** Every artifact of a build, and all of them in one zip. The list is asked for when it opens. */
export function DownloadMenu({ buildId }: { buildId: string }) {
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const query = useQuery(trpc.builds.artifacts.queryOptions({ build_id: buildId }, { enabled: open }));
  return (
    <DropdownMenu open={open} onOpenChange={setOpen}>
      <DropdownMenuTrigger asChild>
        <Button><Download aria-hidden />Download<ChevronDown aria-hidden className="text-muted" /></Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent className="w-80 max-w-[calc(100vw-1rem)]">
        <DropdownMenuItem asChild>
          <a href={`/api/v1/builds/${buildId}/artifacts.zip`} download><FileArchive aria-hidden />Everything as a zip</a>
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        {query.isPending ? <DropdownMenuLabel className="flex items-center gap-2"><Spinner className="size-3.5" />Loading…</DropdownMenuLabel> : null}
        {query.isError ? <DropdownMenuLabel>The list could not be loaded. Close and open this menu to try again.</DropdownMenuLabel> : null}
        {query.data?.count === 0 ? <DropdownMenuLabel>This build left no artifacts.</DropdownMenuLabel> : null}
        {query.data?.artifacts.map((artifact) => (
          <DropdownMenuItem key={artifact.name} asChild>
            <a href={artifact.url} download className="flex min-w-0">
              <span className="min-w-0 flex-1 truncate font-mono text-xs">{artifact.name}</span>
              <span className="shrink-0 text-xs text-muted tabular-nums">{formatBytes(artifact.size)}</span>
            </a>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
