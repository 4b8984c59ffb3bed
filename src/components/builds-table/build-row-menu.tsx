"use client";

import { Ban, Copy, Download, EllipsisVertical, GitCompareArrows, Package, RotateCw } from "lucide-react";
import Link from "next/link";
import { Button } from "~/components/ui/button";
import { copyText } from "~/components/ui/copy-button";
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuSeparator, DropdownMenuShortcut, DropdownMenuTrigger } from "~/components/ui/dropdown-menu";
import { toast } from "~/components/ui/toast";
import type { BuildSummary } from "~/server/api/schemas/builds";
import type { BuildActions } from "../builds/use-build-actions";

export interface BuildRowMenuProps {
  build: BuildSummary;
  canWrite: boolean;
  actions: BuildActions;
  onCompare: () => void;
}

async function copyBuildId(build: BuildSummary): Promise<void> {
  if (await copyText({ text: build.build_id })) toast.success("Build id copied");
  else toast.error("The build id could not be copied", { description: build.build_id });
}

export function BuildRowMenu({ build, canWrite, actions, onCompare }: BuildRowMenuProps) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon-sm" aria-label={`Actions for build #${build.number} of ${build.package}`}><EllipsisVertical aria-hidden /></Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent className="w-60">
        {canWrite && actions.canCancel(build) ? (
          <DropdownMenuItem tone="danger" onSelect={() => actions.cancel({ build })}>
            <Ban aria-hidden />Cancel<DropdownMenuShortcut>c</DropdownMenuShortcut>
          </DropdownMenuItem>
        ) : null}
        {canWrite && actions.canRebuild(build) ? (
          <>
            <DropdownMenuItem onSelect={() => actions.rebuild({ build, mode: "stale" })}>
              <RotateCw aria-hidden />Rebuild what is stale<DropdownMenuShortcut>r</DropdownMenuShortcut>
            </DropdownMenuItem>
            {build.status === "failed" ? <DropdownMenuItem onSelect={() => actions.rebuild({ build, mode: "failed" })}><RotateCw aria-hidden />Rebuild what failed</DropdownMenuItem> : null}
            <DropdownMenuItem onSelect={() => actions.rebuild({ build, mode: "all" })}><RotateCw aria-hidden />Rebuild everything, no cache</DropdownMenuItem>
          </>
        ) : null}
        {canWrite && (actions.canCancel(build) || actions.canRebuild(build)) ? <DropdownMenuSeparator /> : null}
        <DropdownMenuItem onSelect={onCompare}><GitCompareArrows aria-hidden />Compare with last successful</DropdownMenuItem>
        <DropdownMenuItem asChild>
          <Link href={`/${build.package}/releases/${build.version}`}><Package aria-hidden />Release {build.version}</Link>
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <a href={`/api/v1/builds/${build.build_id}/artifacts.zip`} download><Download aria-hidden />Download all artifacts</a>
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => void copyBuildId(build)}><Copy aria-hidden />Copy build id</DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
