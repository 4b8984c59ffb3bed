import type { ReactNode } from "react";

/** A name and its value, for the panel's list. */
export function DetailRow({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-start gap-3 py-0.5">
      <dt className="w-24 shrink-0 text-xs leading-6 text-muted">{label}</dt>
      <dd className="flex min-h-6 min-w-0 flex-1 flex-wrap items-center gap-x-1.5 gap-y-1 text-sm leading-5 break-words">{children}</dd>
    </div>
  );
}
