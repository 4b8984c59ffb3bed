import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

const badgeVariants = cva(
  "inline-flex h-5 shrink-0 items-center gap-1 rounded-full px-2 text-xs font-medium whitespace-nowrap [&_svg]:size-3 [&_svg]:shrink-0",
  {
    variants: {
      tone: {
        neutral: "bg-surface-muted text-muted",
        outline: "border border-border-strong/70 text-muted",
        accent: "bg-accent-soft text-accent",
        pending: "bg-pending/10 text-pending",
        building: "bg-building/10 text-building",
        successful: "bg-successful/10 text-successful",
        failed: "bg-failed/10 text-failed",
        cancelled: "bg-cancelled/10 text-cancelled",
        skipped: "border border-dashed border-border-strong text-skipped",
        stale: "bg-stale/12 text-stale",
        cached: "bg-cached/10 text-cached",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

export type BadgeTone = NonNullable<VariantProps<typeof badgeVariants>["tone"]>;

export function Badge({ className, tone, ...props }: ComponentProps<"span"> & { tone?: BadgeTone }) {
  return <span className={cn(badgeVariants({ tone }), className)} {...props} />;
}
