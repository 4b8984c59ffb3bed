"use client";

import { cn } from "./class-names";
import { useClientStyle } from "./use-client-style";

export interface ProgressProps {
  /** 0–100; null while it can't be known. */
  value: number | null;
  label: string;
  className?: string;
}

export function Progress({ value, label, className }: ProgressProps) {
  const percent = value === null ? null : Math.min(100, Math.max(0, value));
  const style = useClientStyle({ transform: `scaleX(${(percent ?? 100) / 100})` });
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
      className={cn("h-1 w-full overflow-hidden rounded-full bg-surface-hover", className)}
    >
      <div
        className={cn("h-full origin-left rounded-full bg-building transition-transform duration-300", percent === null && "animate-shimmer")}
        style={style}
      />
    </div>
  );
}
