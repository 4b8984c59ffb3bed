"use client";

import { Tabs as TabsPrimitive } from "radix-ui";
import { useEffect, useRef, type ComponentProps } from "react";
import { cn } from "./class-names";

/** Pixels of what is beyond the tab, so that one sees that the list goes on. */
const EDGE = 16;

export const Tabs = TabsPrimitive.Root;

const findActive = (list: Element | null) => list?.querySelector("[role=tab][data-state=active]") ?? null;

/** An address may open a tab for which a narrow screen has no room. Only the list is scrolled, never the page. */
function bringIntoSight(list: Element | null): void {
  const active = findActive(list);
  if (list === null || active === null) return;
  const frame = list.getBoundingClientRect();
  const box = active.getBoundingClientRect();
  if (box.right > frame.right) list.scrollLeft += box.right - frame.right + EDGE;
  else if (box.left < frame.left) list.scrollLeft -= frame.left - box.left + EDGE;
}

export function TabsList({ className, ...props }: ComponentProps<typeof TabsPrimitive.List>) {
  const list = useRef<HTMLDivElement>(null);
  const seen = useRef<Element | null>(null);
  // Only for another tab: where a reader has scrolled the list to stays.
  useEffect(() => {
    const active = findActive(list.current);
    if (active !== seen.current) bringIntoSight(list.current);
    seen.current = active;
  });
  useEffect(() => {
    if (list.current === null) return undefined;
    const observer = new ResizeObserver(() => bringIntoSight(list.current));
    observer.observe(list.current);
    return () => observer.disconnect();
  }, []);
  return <TabsPrimitive.List ref={list} className={cn("flex min-w-0 gap-4 overflow-x-auto border-b [scrollbar-width:none]", className)} {...props} />;
}

export function TabsTrigger({ className, ...props }: ComponentProps<typeof TabsPrimitive.Trigger>) {
  return (
    <TabsPrimitive.Trigger
      className={cn(
        "focus-inset -mb-px inline-flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent text-sm font-medium text-muted transition-colors hover:text-foreground data-[state=active]:border-accent data-[state=active]:text-foreground [&_svg]:size-3.5",
        className,
      )}
      {...props}
    />
  );
}

export function TabsContent({ className, ...props }: ComponentProps<typeof TabsPrimitive.Content>) {
  return <TabsPrimitive.Content className={cn("min-w-0", className)} {...props} />;
}
