import type { ReactNode } from "react";
import { cn } from "~/components/ui/class-names";
import { PREVIEW_HEIGHT } from "../preview-frame";

/**
 * A tab's content in the preview's own height; a keyboard scrolls it too. Positioned, so that what is told to screen
 * readers alone scrolls with it: else the page itself would grow as long as the content.
 */
export function PreviewScroll({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <div tabIndex={0} role="region" aria-label={label} className={cn("focus-inset relative overflow-auto", PREVIEW_HEIGHT, className)}>
      {children}
    </div>
  );
}
