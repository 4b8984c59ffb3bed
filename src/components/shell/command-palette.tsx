"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { Hammer, Keyboard, Package, Plus, Settings, type LucideIcon } from "lucide-react";
import { useTheme } from "next-themes";
import { useRouter } from "next/navigation";
import { useDeferredValue, useState, type ReactNode } from "react";
import { KindIcon } from "~/components/status/kind-icon";
import { StatusIcon } from "~/components/status/status-icon";
import { RelativeTime } from "~/components/time/relative-time";
import { Dialog, DialogContent, DialogDescription, DialogTitle } from "~/components/ui/dialog";
import { useTRPC } from "~/trpc/client";
import { THEMES } from "./theme-items";

export interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onShowKeyboard: () => void;
}

export function CommandPalette({ open, onOpenChange, onShowKeyboard }: CommandPaletteProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent className="max-w-xl overflow-hidden [&>button]:hidden" aria-describedby={undefined}>
        <DialogTitle className="sr-only">Search and commands</DialogTitle>
        <DialogDescription className="sr-only">Type to find packages, builds and commands. Arrow keys choose, Enter opens.</DialogDescription>
        {open ? <PaletteBody onClose={() => onOpenChange(false)} onShowKeyboard={onShowKeyboard} /> : null}
      </DialogContent>
    </Dialog>
  );
}

interface PaletteCommand {
  label: string;
  icon: LucideIcon;
  run: () => void;
}

function PaletteBody({ onClose, onShowKeyboard }: { onClose: () => void; onShowKeyboard: () => void }) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState("");
  const q = useDeferredValue(text.trim());
  const trpc = useTRPC();
  const router = useRouter();
  const { setTheme } = useTheme();
  const packages = useQuery(trpc.packages.list.queryOptions({ limit: 6, ...(q === "" ? {} : { q }) }, { placeholderData: keepPreviousData }));
  const builds = useQuery(trpc.builds.list.queryOptions({ limit: 5, ...(q === "" ? {} : { q }) }, { placeholderData: keepPreviousData }));

  function go(href: string) {
    onClose();
    router.push(href);
  }
  const commands: PaletteCommand[] = [
    { label: "New package", icon: Plus, run: () => go("/new") },
    { label: "Packages", icon: Package, run: () => go("/") },
    { label: "All builds", icon: Hammer, run: () => go("/builds") },
    { label: "Settings and API tokens", icon: Settings, run: () => go("/settings") },
    { label: "Keyboard shortcuts", icon: Keyboard, run: () => { onClose(); onShowKeyboard(); } },
    ...THEMES.map(({ value, label, icon }) => ({ label: `Theme: ${label.toLowerCase()}`, icon, run: () => { onClose(); setTheme(value); } })),
  ];
  const shown = commands.filter((command) => command.label.toLowerCase().includes(q.toLowerCase()));
  const values = [
    ...(packages.data?.packages.map((each) => `package ${each.package}`) ?? []),
    ...(builds.data?.builds.map((each) => `build ${each.build_id}`) ?? []),
    ...shown.map((command) => `command ${command.label}`),
  ];

  return (
    // Answers come after the letters: what was chosen may be gone by then, and Enter must still open the first.
    <Command value={values.includes(chosen) ? chosen : (values[0] ?? "")} onValueChange={setChosen} shouldFilter={false} label="Search and commands" loop className="flex min-h-0 flex-col">
      <Command.Input
        value={text}
        onValueChange={setText}
        placeholder="Packages, builds (#12, a commit, an error), commands…"
        className="h-12 w-full shrink-0 border-b bg-transparent px-4 text-base outline-none placeholder:text-muted max-sm:text-[16px]"
      />
      <Command.List className="max-h-[min(24rem,60vh)] overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-8 text-center text-sm text-muted">
          {packages.isFetching || builds.isFetching ? "Searching…" : `Nothing is called “${q}”.`}
        </Command.Empty>
        <Group heading="Packages" isEmpty={(packages.data?.packages.length ?? 0) === 0}>
          {packages.data?.packages.map((each) => (
            <Item key={each.package_id} value={`package ${each.package}`} onSelect={() => go(`/${each.package}`)}>
              <KindIcon kind={each.kind} />
              <span className="truncate">{each.package}</span>
              {each.latest_build === null ? null : <StatusIcon status={each.latest_build.status} className="ml-auto size-3.5" />}
            </Item>
          ))}
        </Group>
        <Group heading="Builds" isEmpty={(builds.data?.builds.length ?? 0) === 0}>
          {builds.data?.builds.map((each) => (
            <Item key={each.build_id} value={`build ${each.build_id}`} onSelect={() => go(`/${each.package}/builds/${each.number}`)}>
              <StatusIcon status={each.status} />
              <span className="truncate">{each.package}</span>
              <span className="text-muted tabular-nums">#{each.number}</span>
              <RelativeTime at={each.created_at} className="ml-auto shrink-0 text-xs text-muted" />
            </Item>
          ))}
        </Group>
        <Group heading="Commands" isEmpty={shown.length === 0}>
          {shown.map(({ label, icon: Icon, run }) => (
            <Item key={label} value={`command ${label}`} onSelect={run}>
              <Icon aria-hidden className="size-4 text-muted" />
              {label}
            </Item>
          ))}
        </Group>
      </Command.List>
    </Command>
  );
}

function Group({ heading, isEmpty, children }: { heading: string; isEmpty: boolean; children: ReactNode }) {
  if (isEmpty) return null;
  return (
    <Command.Group heading={heading} className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted">
      {children}
    </Command.Group>
  );
}

function Item({ value, onSelect, children }: { value: string; onSelect: () => void; children: ReactNode }) {
  return (
    <Command.Item value={value} onSelect={onSelect} className="flex h-9 items-center gap-2.5 rounded-md px-2.5 text-sm select-none data-[selected=true]:bg-surface-hover">
      {children}
    </Command.Item>
  );
}
