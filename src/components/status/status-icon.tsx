import { CircleCheck, CircleDashed, CircleSlash, CircleX, Clock, LoaderCircle, type LucideIcon } from "lucide-react";
import type { StageStatus } from "~/domain/statuses";
import { cn } from "~/components/ui/class-names";
import { STATUS_WORDS } from "./status-words";

const ICONS: Record<StageStatus, { icon: LucideIcon; className: string }> = {
  pending: { icon: Clock, className: "text-pending" },
  building: { icon: LoaderCircle, className: "animate-spin text-building" },
  successful: { icon: CircleCheck, className: "text-successful" },
  failed: { icon: CircleX, className: "text-failed" },
  cancelled: { icon: CircleSlash, className: "text-cancelled" },
  skipped: { icon: CircleDashed, className: "text-skipped" },
};

export interface StatusIconProps {
  status: StageStatus;
  /** True where the word stands beside it: the icon then says nothing to a screen reader. */
  decorative?: boolean;
  className?: string;
}

export function StatusIcon({ status, decorative = false, className }: StatusIconProps) {
  const { icon: Icon, className: tone } = ICONS[status];
  if (decorative) return <Icon aria-hidden className={cn("size-4 shrink-0", tone, className)} />;
  return <Icon role="img" aria-label={STATUS_WORDS[status]} className={cn("size-4 shrink-0", tone, className)} />;
}
