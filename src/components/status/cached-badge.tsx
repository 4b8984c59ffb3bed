import { Zap } from "lucide-react";
import { Badge } from "~/components/ui/badge";
import { cn } from "~/components/ui/class-names";

export function CachedMark({ className }: { className?: string }) {
  return <Zap role="img" aria-label="cached" className={cn("size-3 shrink-0 text-cached", className)} />;
}

/** The stage reused an earlier identical result. `reason` is the sentence that says which. */
export function CachedBadge({ reason, className }: { reason?: string | null; className?: string }) {
  return (
    <Badge tone="cached" className={className} title={reason ?? undefined}>
      <Zap aria-hidden />
      cached
    </Badge>
  );
}
