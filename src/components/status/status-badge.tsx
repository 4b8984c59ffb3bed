import type { StageStatus } from "~/domain/statuses";
import { Badge } from "~/components/ui/badge";
import { cn } from "~/components/ui/class-names";
import { StatusIcon } from "./status-icon";
import { STATUS_WORDS } from "./status-words";

export interface StatusBadgeProps {
  status: StageStatus;
  /** Asked to stop, not confirmed dead yet. */
  cancelling?: boolean;
  /** `plain` is icon and word without a background, for tables. */
  variant?: "badge" | "plain";
  className?: string;
}

/** Status as colour, icon and word. */
export function StatusBadge({ status, cancelling = false, variant = "badge", className }: StatusBadgeProps) {
  const active = cancelling && (status === "pending" || status === "building");
  const word = active ? `${STATUS_WORDS.cancelling}…` : STATUS_WORDS[status];
  const icon = <StatusIcon decorative status={active ? "building" : status} className={cn("size-3.5", active && "text-cancelled")} />;
  if (variant === "plain") {
    return (
      <span className={cn("inline-flex items-center gap-1.5 font-medium whitespace-nowrap", className)}>
        {icon}
        {word}
      </span>
    );
  }
  return (
    <Badge tone={active ? "cancelled" : status} className={className}>
      {icon}
      {word}
    </Badge>
  );
}
