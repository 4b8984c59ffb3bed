import { RelativeTime } from "~/components/time/relative-time";
import { Avatar } from "~/components/ui/avatar";
import type { AuditEntryView } from "~/server/api/schemas/audit";

/** One thing that was done: by whom, to what, when. */
export function AuditRow({ entry }: { entry: AuditEntryView }) {
  const { actor, detail } = entry;
  const name = actor?.name ?? "Whoever runs this server";
  return (
    <li className="flex items-start gap-3 px-4 py-2.5">
      <Avatar name={name} image={actor?.image ?? null} className="mt-0.5" />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <p className="text-sm break-words"><span className="font-medium">{name}</span> {describeAction(entry)} <code className="text-xs font-medium break-all">{entry.subject}</code></p>
        {typeof detail.address === "string" ? <p className="text-xs text-muted"><code className="break-all">{detail.address}</code></p> : null}
        {typeof detail.replaced === "string" ? <p className="text-xs text-muted">instead of <code className="break-all">{detail.replaced}</code></p> : null}
      </div>
      <RelativeTime at={entry.created_at} className="shrink-0 text-xs leading-5 text-muted" />
    </li>
  );
}

/** The words for what is known; anything else as it is called. */
function describeAction({ action, detail }: AuditEntryView): string {
  if (action === "signer.set") return typeof detail.replaced === "string" ? "replaced the signing key" : "set the signing key";
  return action === "signer.remove" ? "removed the signing key" : action;
}
