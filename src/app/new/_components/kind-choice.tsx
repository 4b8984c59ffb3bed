"use client";

import { KINDS, type PackageKind } from "~/components/status/kind-icon";
import { cn } from "~/components/ui/class-names";

export interface KindChoiceProps {
  kinds: readonly PackageKind[];
  kind: PackageKind;
  onKind: (kind: PackageKind) => void;
}

/** Which pipeline builds it: the first choice, on which the rest of the form depends. Nothing where there is nothing to choose, as for a package that exists. */
export function KindChoice({ kinds, kind, onKind }: KindChoiceProps) {
  if (kinds.length === 1) return null;
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">Kind</legend>
      <div className="grid grid-cols-1 gap-2 sm:grid-cols-2 lg:max-w-3xl">
        {kinds.map((each) => {
          const { icon: KindIcon, title, description } = KINDS[each];
          return (
            <label key={each} className={cn("flex items-start gap-2.5 rounded-md border p-2.5 outline-offset-2 outline-ring transition-colors has-focus-visible:outline-2", each === kind ? "border-accent bg-accent-soft" : "hover:border-border-strong")}>
              <input type="radio" name="kind" value={each} checked={each === kind} onChange={() => onKind(each)} className="sr-only" />
              <KindIcon aria-hidden className={cn("mt-0.5 size-4 shrink-0", each === kind ? "text-accent" : "text-muted")} />
              <span className="flex flex-col"><span className="font-medium">{title}</span><span className="text-xs text-pretty text-muted">{description}</span></span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
