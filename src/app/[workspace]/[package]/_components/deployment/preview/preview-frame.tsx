import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "~/components/ui/class-names";
import { Skeleton } from "~/components/ui/skeleton";

/** Every preview has this height, so that switching tabs and finishing stages move nothing. */
export const PREVIEW_HEIGHT = "h-80 sm:h-[min(30rem,70vh)] sm:min-h-80";

/** Says what there is instead of a preview. */
export function PreviewNote({ icon: Icon, title, children, tone = "muted" }: { icon: LucideIcon; title: string; children: ReactNode; tone?: "muted" | "failed" }) {
  return (
    <div className={cn("flex flex-col items-center justify-center gap-2 px-6 text-center", PREVIEW_HEIGHT)}>
      <Icon aria-hidden className={cn("size-6", tone === "failed" ? "text-failed" : "text-muted")} />
      <p className="text-sm font-semibold">{title}</p>
      <div className="max-w-md text-sm text-pretty break-words text-muted">{children}</div>
    </div>
  );
}

/** While the picture is being made. */
export function PreviewSkeleton({ label }: { label: string }) {
  return (
    <div role="status" className={cn("relative flex items-center justify-center p-6", PREVIEW_HEIGHT)}>
      <Skeleton className="absolute inset-6" />
      <span className="relative rounded-full border bg-surface-raised px-3 py-1 text-xs text-muted">{label}</span>
    </div>
  );
}
