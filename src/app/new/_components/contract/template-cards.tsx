"use client";

import { Coins, Gem, Hourglass, Landmark, Layers, ShieldHalf, WandSparkles, type LucideIcon } from "lucide-react";
import { cn } from "~/components/ui/class-names";
import { nameTemplate } from "./name-field";
import type { Template } from "./use-understanding";

const TEMPLATES: readonly { value: Template | null; icon: LucideIcon; note: string }[] = [
  { value: null, icon: WandSparkles, note: "The words decide" },
  { value: "erc20", icon: Coins, note: "ERC-20" },
  { value: "erc721", icon: Gem, note: "ERC-721" },
  { value: "erc1155", icon: Layers, note: "ERC-1155" },
  { value: "stablecoin", icon: ShieldHalf, note: "ERC-20 with freezing" },
  { value: "governor", icon: Landmark, note: "Governor and its token" },
  { value: "vesting", icon: Hourglass, note: "Released over time" },
];

export function TemplateCards({ template, onTemplate }: { template: Template | null; onTemplate: (template: Template | null) => void }) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">Template</legend>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-4 xl:grid-cols-7">
        {TEMPLATES.map(({ value, icon: Icon, note }) => (
          <label key={value ?? ""} className={cn("flex min-w-0 flex-col gap-1 rounded-md border p-2.5 outline-offset-2 outline-ring transition-colors has-focus-visible:outline-2", value === template ? "border-accent bg-accent-soft" : "hover:border-border-strong")}>
            <input type="radio" name="template" value={value ?? ""} checked={value === template} onChange={() => onTemplate(value)} className="sr-only" />
            <Icon aria-hidden className={cn("size-4", value === template ? "text-accent" : "text-muted")} />
            <span className="text-sm font-medium">{value === null ? "From the prompt" : nameTemplate(value)}</span>
            <span className="text-xs text-muted">{note}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
