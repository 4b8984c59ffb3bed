"use client";

import { Coins, Gem, Hourglass, Landmark, Layers, ShieldHalf, WandSparkles, type LucideIcon } from "lucide-react";
import { cn } from "~/components/ui/class-names";
import type { Template } from "./use-understanding";

const TEMPLATES: readonly { value: Template | null; icon: LucideIcon; title: string; note: string }[] = [
  { value: null, icon: WandSparkles, title: "From the prompt", note: "The words decide" },
  { value: "erc20", icon: Coins, title: "Token", note: "ERC-20" },
  { value: "erc721", icon: Gem, title: "NFT", note: "ERC-721" },
  { value: "erc1155", icon: Layers, title: "Multi-token", note: "ERC-1155" },
  { value: "stablecoin", icon: ShieldHalf, title: "Stablecoin", note: "ERC-20 with freezing" },
  { value: "governor", icon: Landmark, title: "DAO", note: "Governor and its token" },
  { value: "vesting", icon: Hourglass, title: "Vesting", note: "Released over time" },
];

export function TemplateCards({ template, onTemplate }: { template: Template | null; onTemplate: (template: Template | null) => void }) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">Template</legend>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-4 xl:grid-cols-7">
        {TEMPLATES.map(({ value, icon: Icon, title, note }) => (
          <label key={title} className={cn("flex min-w-0 flex-col gap-1 rounded-md border p-2.5 outline-offset-2 outline-ring transition-colors has-focus-visible:outline-2", value === template ? "border-accent bg-accent-soft" : "hover:border-border-strong")}>
            <input type="radio" name="template" value={value ?? ""} checked={value === template} onChange={() => onTemplate(value)} className="sr-only" />
            <Icon aria-hidden className={cn("size-4", value === template ? "text-accent" : "text-muted")} />
            <span className="text-sm font-medium">{title}</span>
            <span className="text-xs text-muted">{note}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
