"use client";

import { ChevronRight } from "lucide-react";
import { Collapsible } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "~/components/ui/class-names";

export interface CollapsibleSectionProps {
  id: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Status, title and badges: all inside the button. */
  summary: ReactNode;
  /** Shown at the right end. */
  aside: ReactNode;
  /** The line that matters, shown while closed. */
  line: ReactNode;
  tone?: "default" | "failed";
  children: ReactNode;
}

/** One panel of a page: its head is a button with all that matters, its body is there only while open. */
export function CollapsibleSection({ id, open, onOpenChange, summary, aside, line, tone = "default", children }: CollapsibleSectionProps) {
  return (
    <Collapsible.Root open={open} onOpenChange={onOpenChange} asChild>
      <section id={id} className={cn("scroll-mt-20 overflow-hidden rounded-lg border bg-surface", tone === "failed" && "border-failed/35")}>
        <h2 className="contents">
          <Collapsible.Trigger className="focus-inset flex min-h-11 w-full items-center gap-2.5 px-3 py-2 text-left transition-colors hover:bg-surface-muted sm:px-4">
            <ChevronRight aria-hidden className={cn("size-4 shrink-0 text-muted transition-transform", open && "rotate-90")} />
            <span className="flex min-w-0 flex-1 flex-col gap-0.5">
              <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">{summary}</span>
              {open ? null : line}
            </span>
            <span className="flex shrink-0 items-center gap-3 text-xs text-muted tabular-nums">{aside}</span>
          </Collapsible.Trigger>
        </h2>
        <Collapsible.Content className="border-t">{children}</Collapsible.Content>
      </section>
    </Collapsible.Root>
  );
}
