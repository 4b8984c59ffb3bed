import type { ComponentProps } from "react";
import { cn } from "./class-names";

/** A place where something will come. Give it the size of what comes. */
export function Skeleton({ className, ...props }: ComponentProps<"div">) {
  return <div aria-hidden className={cn("animate-shimmer rounded-md bg-surface-hover", className)} {...props} />;
}
