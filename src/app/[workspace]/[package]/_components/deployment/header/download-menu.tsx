"use client";

import { ChevronDown, Download, FileArchive, FileDown } from "lucide-react";
import { formatBytes } from "~/components/format/format-bytes";
import { Button } from "~/components/ui/button";
import { DropdownMenu, DropdownMenuContent, DropdownMenuGroup, DropdownMenuItem, DropdownMenuLabel, DropdownMenuSeparator, DropdownMenuTrigger } from "~/components/ui/dropdown-menu";
import type { ArtifactView, BuildDetail } from "~/server/api/schemas/builds";

/** Every artifact by the stage that made it, and all of them as one zip. */
export function DownloadMenu({ build }: { build: BuildDetail }) {
  const { artifacts, stages } = build;
  const groups = stages
    .map((stage) => ({ stage, artifacts: artifacts.filter((artifact) => artifact.stage === stage.key) }))
    .filter((group) => group.artifacts.length > 0);
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button disabled={artifacts.length === 0} title={artifacts.length === 0 ? "Nothing to download yet" : undefined}>
          <Download aria-hidden />
          Download
          <ChevronDown aria-hidden className="-mr-1" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent className="w-80 max-w-[calc(100vw-1rem)]">
        <DropdownMenuItem asChild>
          <a href={`/api/v1/builds/${build.build_id}/artifacts.zip`} download>
            <FileArchive aria-hidden />
            All {artifacts.length} files as zip
            <Size bytes={artifacts.reduce((sum, artifact) => sum + artifact.size, 0)} />
          </a>
        </DropdownMenuItem>
        {groups.map((group) => (
          <DropdownMenuGroup key={group.stage.key}>
            <DropdownMenuSeparator />
            <DropdownMenuLabel>{group.stage.title}</DropdownMenuLabel>
            {group.artifacts.map((artifact) => <ArtifactItem key={artifact.name} artifact={artifact} />)}
          </DropdownMenuGroup>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function ArtifactItem({ artifact }: { artifact: ArtifactView }) {
  return (
    <DropdownMenuItem asChild>
      <a href={artifact.url} download={artifact.name.split("/").at(-1)}>
        <FileDown aria-hidden />
        <span className="min-w-0 truncate">{artifact.name}</span>
        <Size bytes={artifact.size} />
      </a>
    </DropdownMenuItem>
  );
}

function Size({ bytes }: { bytes: number }) {
  return <span className="ml-auto pl-3 text-xs whitespace-nowrap text-muted tabular-nums">{formatBytes(bytes)}</span>;
}
