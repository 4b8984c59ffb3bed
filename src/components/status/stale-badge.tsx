import { History } from "lucide-react";
import { Badge } from "~/components/ui/badge";

/** The last result no longer fits the present files or toolchain. `reason` says why; show it in full where there is room. */
export function StaleBadge({ reason, className }: { reason?: string | null; className?: string }) {
  return (
    <Badge tone="stale" className={className} title={reason ?? undefined}>
      <History aria-hidden />
      stale
    </Badge>
  );
}
