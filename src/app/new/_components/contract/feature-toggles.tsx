"use client";

import { useId } from "react";
import { Button } from "~/components/ui/button";
import { Switch } from "~/components/ui/switch";
import { isFeatureSaid } from "./feature-said";
import { nameField } from "./name-field";
import type { Features, Template, Understanding } from "./use-understanding";

type Flag = { [Name in keyof Features]-?: Exclude<Features[Name], undefined> extends boolean ? Name : never }[keyof Features];

const FUNGIBLE: readonly Flag[] = ["mintable", "burnable", "pausable", "permit", "votes", "flash_mint", "upgradeable"];
const FLAGS: Partial<Record<Template, readonly Flag[]>> = {
  erc20: FUNGIBLE,
  stablecoin: [...FUNGIBLE, "freezable"],
  erc721: ["mintable", "burnable", "pausable", "enumerable", "uri_storage", "votes", "soulbound", "upgradeable"],
  erc1155: ["mintable", "burnable", "pausable", "supply_tracking", "upgradeable"],
};

export interface FeatureTogglesProps {
  understanding: Understanding | undefined;
  features: Features;
  onFeatures: (features: Features) => void;
}

/** What the template can have. A switch that was touched counts more than the prompt, and says so. */
export function FeatureToggles({ understanding, features, onFeatures }: FeatureTogglesProps) {
  if (understanding?.template == null) return null;
  const flags = FLAGS[understanding.template] ?? [];
  if (flags.length === 0) return null;
  const overridden = flags.filter((flag) => features[flag] !== undefined);
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">Features</legend>
      <div className="grid grid-cols-1 gap-x-6 gap-y-0.5 rounded-md border p-2.5 sm:grid-cols-2 xl:grid-cols-3">
        {flags.map((flag) => (
          <FeatureSwitch key={flag} label={nameField(flag)} on={features[flag] ?? isFeatureSaid({ understanding, feature: flag })} overrides={features[flag] !== undefined} onChange={(on) => onFeatures({ ...features, [flag]: on })} />
        ))}
      </div>
      {overridden.length > 0 ? (
        <p className="mt-1.5 flex flex-wrap items-center gap-x-2 text-xs text-muted">
          {overridden.length === 1 ? "One switch counts" : `${overridden.length} switches count`} more than the prompt.
          <Button variant="ghost" size="sm" onClick={() => onFeatures(Object.fromEntries(Object.entries(features).filter(([name]) => !flags.some((flag) => flag === name))))}>Follow the prompt again</Button>
        </p>
      ) : null}
    </fieldset>
  );
}

function FeatureSwitch({ label, on, overrides, onChange }: { label: string; on: boolean; overrides: boolean; onChange: (on: boolean) => void }) {
  const id = useId();
  return (
    <div className="flex min-h-8 items-center gap-2">
      <Switch id={id} checked={on} onCheckedChange={onChange} />
      <label htmlFor={id} className="min-w-0 flex-1 text-sm">{label}{overrides ? <span className="text-xs text-accent"> · set here</span> : null}</label>
    </div>
  );
}
