"use client";

import { ChevronsUpDown } from "lucide-react";
import { useParams, useRouter } from "next/navigation";
import { Button } from "~/components/ui/button";
import { DropdownMenu, DropdownMenuContent, DropdownMenuLabel, DropdownMenuRadioGroup, DropdownMenuRadioItem, DropdownMenuTrigger } from "~/components/ui/dropdown-menu";

export interface WorkspaceMenuProps {
  workspaces: readonly { slug: string; name: string; role: string }[];
}

/** Which workspace this page is in, and the way to the others. */
export function WorkspaceMenu({ workspaces }: WorkspaceMenuProps) {
  const params = useParams<{ workspace?: string }>();
  const router = useRouter();
  const current = workspaces.find((each) => each.slug === params.workspace);
  const shown = current ?? workspaces[0];
  if (shown === undefined) return null;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="sm" className="max-w-40 text-sm text-foreground" aria-label={`Workspace: ${shown.slug}`}>
          <span className="truncate">{shown.slug}</span>
          <ChevronsUpDown aria-hidden className="text-muted" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start">
        <DropdownMenuLabel>Workspaces</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={current?.slug ?? ""} onValueChange={(slug) => router.push(`/${slug}`)}>
          {workspaces.map((each) => (
            <DropdownMenuRadioItem key={each.slug} value={each.slug}>
              <span className="truncate">{each.slug}</span>
              <span className="text-xs text-muted">{each.role}</span>
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
