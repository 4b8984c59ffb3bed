"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown, Download, FileArchive, FileDown } from "lucide-react";
import { useState } from "react";
import { formatBytes } from "~/components/format/format-bytes";
import { Button } from "~/components/ui/button";
import { DropdownMenu, DropdownMenuContent, DropdownMenuGroup, DropdownMenuItem, DropdownMenuLabel, DropdownMenuSeparator, DropdownMenuTrigger } from "~/components/ui/dropdown-menu";
import { Spinner } from "~/components/ui/spinner";
import type { ArtifactView, BuildSummary } from "~/server/api/schemas/builds";
import { useTRPC } from "~/trpc/client";

export interface DownloadMenuProps {
  build: Pick<BuildSummary, "build_id"> & { stages: readonly { key: string; title: string }[] };
  /** Where the page knows them; else they are asked for when the menu opens. */
  artifacts?: readonly ArtifactView[];
}

/** Every artifact by the stage that made it, and all of them as one zip. */
export function DownloadMenu({ build, artifacts: known }: DownloadMenuProps) {
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const query = useQuery(trpc.builds.artifacts.queryOptions({ build_id: build.build_id }, { enabled: open && known === undefined }));
  const artifacts = known ?? query.data?.artifacts;
  const isEmpty = known?.length === 0;
  return (
    <DropdownMenu open={open} onOpenChange={setOpen}>
      <DropdownMenuTrigger asChild>
        <Button disabled={isEmpty} title={isEmpty ? "Nothing to download yet" : undefined}>
          <Download aria-hidden />
          Download
          <ChevronDown aria-hidden className="-mr-1" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent className="w-80 max-w-[calc(100vw-1rem)]">
        <DropdownMenuItem asChild>
          <a href={`/api/v1/builds/${build.build_id}/artifacts.zip`} download>
            <FileArchive aria-hidden />
            {artifacts === undefined ? "All files as zip" : `All ${artifacts.length} files as zip`}
            {artifacts === undefined ? null : <Size bytes={artifacts.reduce((sum, artifact) => sum + artifact.size, 0)} />}
          </a>
        </DropdownMenuItem>
        {artifacts === undefined ? <ListNote failed={query.isError} /> : <ArtifactGroups stages={build.stages} artifacts={artifacts} />}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function ListNote({ failed }: { failed: boolean }) {
  return (
    <>
      <DropdownMenuSeparator />
      {failed ? <DropdownMenuLabel>The list could not be loaded. Close and open this menu to try again.</DropdownMenuLabel> : <DropdownMenuLabel className="flex items-center gap-2"><Spinner className="size-3.5" />Loading…</DropdownMenuLabel>}
    </>
  );
}

function ArtifactGroups({ stages, artifacts }: { stages: DownloadMenuProps["build"]["stages"]; artifacts: readonly ArtifactView[] }) {
  return stages.map((stage) => {
    const made = artifacts.filter((artifact) => artifact.stage === stage.key);
    if (made.length === 0) return null;
    return (
      <DropdownMenuGroup key={stage.key}>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>{stage.title}</DropdownMenuLabel>
        {made.map((artifact) => (
          <DropdownMenuItem key={artifact.name} asChild>
            <a href={artifact.url} download={artifact.name.split("/").at(-1)}>
              <FileDown aria-hidden />
              <span className="min-w-0 truncate">{artifact.name}</span>
              <Size bytes={artifact.size} />
            </a>
          </DropdownMenuItem>
        ))}
      </DropdownMenuGroup>
    );
  });
}

function Size({ bytes }: { bytes: number }) {
  return <span className="ml-auto pl-3 text-xs whitespace-nowrap text-muted tabular-nums">{formatBytes(bytes)}</span>;
}
