"use client";

import { useMemo } from "react";
import { cn } from "~/components/ui/class-names";
import { CodeTokens, useHighlight } from "../code-view";
import { diffLines, type DiffLine } from "./diff-lines";

interface Side {
  text: string;
  /** The same for the same text. */
  key: string;
}

const SIGNS = { same: " ", removed: "-", added: "+" } as const;
/** Paler than the gutter: coloured code has to be read on it. */
const TONES = { same: "", removed: "bg-failed/4", added: "bg-successful/4" } as const;
const GUTTERS = { same: "", removed: "bg-failed/10", added: "bg-successful/10" } as const;

/** What changed from one text to the other, with the lines around it. */
export function DiffView({ path, before, after }: { path: string; before: Side; after: Side }) {
  const { hunks, added, removed } = useMemo(() => diffLines({ before: before.text, after: after.text }), [before.text, after.text]);
  const old = useHighlight({ code: before.text, path, contentKey: before.key });
  const now = useHighlight({ code: after.text, path, contentKey: after.key });
  const tokensOf = (line: DiffLine) => (line.after === null ? old?.[(line.before ?? 1) - 1] : now?.[line.after - 1]);
  return (
    <div tabIndex={0} role="region" aria-label={`What changed in ${path}`} className="focus-inset min-h-0 flex-1 overflow-auto pb-2 font-mono text-xs leading-5">
      <p className="sticky left-0 px-3 py-2 font-sans text-muted">
        <span className="text-successful">{added} added</span>, <span className="text-failed">{removed} removed</span>
      </p>
      <div className="w-max min-w-full">
        {hunks.map((hunk, index) => (
          <div key={index} className="border-t py-1">
            {hunk.map((line) => {
              const tokens = tokensOf(line);
              return (
                <div key={`${line.before} ${line.after}`} className={cn("flex", TONES[line.kind])}>
                  <span aria-hidden className={cn("w-10 shrink-0 pr-2 text-right text-muted select-none", GUTTERS[line.kind])}>{line.before}</span>
                  <span aria-hidden className={cn("w-10 shrink-0 pr-2 text-right text-muted select-none", GUTTERS[line.kind])}>{line.after}</span>
                  <span className={cn("w-5 shrink-0 pl-1.5 select-none", GUTTERS[line.kind], line.kind === "added" && "text-successful", line.kind === "removed" && "text-failed")}>
                    <span aria-hidden>{SIGNS[line.kind]}</span>
                    {line.kind === "same" ? null : <span className="sr-only">{line.kind}</span>}
                  </span>
                  <code className="pr-4 pl-2 whitespace-pre">{tokens === undefined ? line.text : <CodeTokens tokens={tokens} />}</code>
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}
