"use client";

import { Dialog, DialogBody, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "~/components/ui/dialog";
import { Kbd } from "~/components/ui/kbd";

const GROUPS: { title: string; keys: { keys: string[]; does: string }[] }[] = [
  {
    title: "Everywhere",
    keys: [
      { keys: ["⌘", "K"], does: "Search and commands (Ctrl K)" },
      { keys: ["/"], does: "Go to the search field" },
      { keys: ["?"], does: "This help" },
    ],
  },
  {
    title: "Tables of builds",
    keys: [
      { keys: ["j"], does: "Next row" },
      { keys: ["k"], does: "Row before" },
      { keys: ["Enter"], does: "Open the row" },
      { keys: ["r"], does: "Rebuild it" },
      { keys: ["c"], does: "Cancel it" },
    ],
  },
  {
    title: "A build or release",
    keys: [
      { keys: ["r"], does: "Rebuild what is stale" },
      { keys: ["c"], does: "Cancel" },
      { keys: ["e"], does: "Next error in the log" },
      { keys: ["n"], does: "Next match of the log's search" },
      { keys: ["N"], does: "Match before" },
    ],
  },
];

export function KeyboardHelp({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Keyboard</DialogTitle>
          <DialogDescription>Single keys rest while you type in a field.</DialogDescription>
        </DialogHeader>
        <DialogBody>
          {GROUPS.map((group) => (
            <section key={group.title} className="flex flex-col gap-1">
              <h3 className="text-xs font-medium text-muted">{group.title}</h3>
              <dl className="flex flex-col divide-y">
                {group.keys.map((entry) => (
                  <div key={entry.does} className="flex items-center justify-between gap-4 py-1.5">
                    <dt>{entry.does}</dt>
                    <dd className="flex gap-1">
                      {entry.keys.map((key) => <Kbd key={key}>{key}</Kbd>)}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}
