"use client";

import { CircleAlert, CircleCheck, CircleDashed, TriangleAlert, type LucideIcon } from "lucide-react";
import { cn } from "~/components/ui/class-names";
import { nameField, nameTemplate } from "./name-field";
import type { Understanding } from "./use-understanding";

interface Chip {
  key: string;
  text: string;
  /** The words it came from, or why. */
  note: string;
}

/** What the reader makes of the prompt so far: nothing that was asked for is dropped in silence. */
export function UnderstandingChips({ understanding, pending }: { understanding: Understanding; pending: boolean }) {
  const { understood, assumed, unsupported, problems } = understanding;
  const said = understood.map(({ field, value, text }) => ({ key: `${field} ${text}`, text: describe(field, value), note: `“${text.trim()}”` }));
  const filled = assumed.map(({ field, value, why }) => ({ key: `${field} ${why}`, text: describe(field, value), note: why }));
  const refused = unsupported.map(({ part, why }) => ({ key: part, text: `“${part}”`, note: why }));
  const wrong = problems.map(({ field, message }) => ({ key: `${field} ${message}`, text: nameField(field), note: message }));
  return (
    <section aria-label="What was understood" aria-busy={pending} className={cn("flex flex-col gap-3 transition-opacity", pending && "opacity-60")}>
      <p role="status" className="sr-only">{`${said.length} understood, ${filled.length} assumed, ${refused.length + wrong.length} in the way`}</p>
      <ChipList title="In the way" icon={CircleAlert} tone="border-failed/40 bg-failed/8 [&_svg]:text-failed" chips={wrong} />
      <ChipList title="Can't be done" icon={TriangleAlert} tone="border-failed/40 bg-failed/8 [&_svg]:text-failed" chips={refused} />
      <ChipList title="Understood" icon={CircleCheck} tone="border-successful/35 bg-successful/8 [&_svg]:text-successful" chips={said} />
      <ChipList title="Assumed" icon={CircleDashed} tone="border-dashed border-border-strong [&_svg]:text-muted" chips={filled} />
    </section>
  );
}

function ChipList({ title, icon: Icon, tone, chips }: { title: string; icon: LucideIcon; tone: string; chips: readonly Chip[] }) {
  if (chips.length === 0) return null;
  return (
    <div className="flex flex-col gap-1.5">
      <h3 className="text-xs font-medium text-muted">{title}</h3>
      <ul className="flex flex-wrap gap-1.5">
        {chips.map((chip) => (
          <li key={chip.key} className={cn("flex max-w-full items-start gap-1.5 rounded-md border px-2 py-1 text-xs", tone)}>
            <Icon aria-hidden className="mt-0.5 size-3 shrink-0" />
            <span className="min-w-0 break-words"><span className="font-medium">{chip.text}</span> <span className="text-muted">{chip.note}</span></span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function describe(field: string, value: string): string {
  if (value === "yes") return nameField(field);
  if (value === "no") return `Not ${nameField(field).toLowerCase()}`;
  return `${nameField(field)}: ${field === "template" ? nameTemplate(value) : value}`;
}
