import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

export interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  /** What to do next, in a sentence. */
  description: ReactNode;
  /** The button that does it. */
  action?: ReactNode;
  /** `h1` where it is all that the page has. */
  titleAs?: "p" | "h1";
  className?: string;
}

export function EmptyState({ icon: Icon, title, description, action, titleAs: Title = "p", className }: EmptyStateProps) {
  return (
    <div className={cn("flex flex-col items-center justify-center gap-3 px-6 py-12 text-center", className)}>
      <span className="flex size-9 items-center justify-center rounded-lg border bg-surface-muted text-muted">
        <Icon aria-hidden className="size-4.5" />
      </span>
      <div className="flex max-w-sm flex-col gap-1">
        <Title className="text-sm font-semibold">{title}</Title>
        <p className="text-sm text-pretty text-muted">{description}</p>
      </div>
      {action === undefined ? null : <div className="mt-1 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
