import { Archive } from "lucide-react";

/** The log and the artifacts of an old build were removed; says so where they would be. */
export function RetentionNote({ removedAt }: { removedAt: string | null }) {
  if (removedAt === null) return null;
  return (
    <p className="flex items-center gap-3 rounded-md bg-surface-muted px-4 py-2 text-sm">
      <Archive aria-hidden className="size-4 shrink-0 text-muted" />
      <span>
        The log and the artifacts of this build were removed by retention on <time dateTime={removedAt}>{removedAt.slice(0, 10)}</time>. Rebuild to have new ones.
      </span>
    </p>
  );
}
