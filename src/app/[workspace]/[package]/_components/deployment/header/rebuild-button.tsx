"use client";

import { ChevronDown, RotateCw } from "lucide-react";
import type { BuildActions, RebuildMode } from "~/components/builds/use-build-actions";
import { Button } from "~/components/ui/button";
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from "~/components/ui/dropdown-menu";
import type { BuildDetail } from "~/server/api/schemas/builds";

const MODES: { mode: RebuildMode; title: string; description: string }[] = [
  { mode: "stale", title: "Stale only", description: "What did not change is reused" },
  { mode: "failed", title: "Failed only", description: "Stages that failed, and what needs them" },
  { mode: "all", title: "Everything, no cache", description: "Every stage runs again" },
];

/** The main half rebuilds what is stale; the other half offers more. */
export function RebuildButton({ build, actions }: { build: BuildDetail; actions: BuildActions }) {
  const disabled = !actions.canRebuild(build);
  const busy = actions.isRebuilding(build);
  const hasFailed = build.stages.some((stage) => stage.status === "failed");
  const describe = ({ mode, description }: { mode: RebuildMode; description: string }) => {
    if (mode === "failed" && !hasFailed) return "Nothing failed in this build";
    return mode === "all" && build.deployments.length > 0 ? "Every stage runs again, and a new contract goes on every chain" : description;
  };
  return (
    <div className="flex">
      <Button variant="primary" className="rounded-r-none" disabled={disabled} busy={busy} onClick={() => actions.rebuild({ build, mode: "stale" })} aria-keyshortcuts="r" title="Rebuild what is stale (r)">
        {busy ? null : <RotateCw aria-hidden />}
        Rebuild
      </Button>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="primary" className="ml-px rounded-l-none px-2" disabled={disabled} aria-label="More ways to rebuild">
            <ChevronDown aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent className="w-64">
          {MODES.map(({ mode, title, description }) => (
            <DropdownMenuItem key={mode} disabled={mode === "failed" && !hasFailed} onSelect={() => actions.rebuild({ build, mode })}>
              <span className="flex flex-col">
                <span>{title}</span>
                <span className="text-xs text-muted">{describe({ mode, description })}</span>
              </span>
            </DropdownMenuItem>
          ))}
        </DropdownMenuContent>
      </DropdownMenu>
    </div>
  );
}
