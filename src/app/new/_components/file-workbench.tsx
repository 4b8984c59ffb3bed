"use client";

import { FileCode2, FileImage, Trash2 } from "lucide-react";
import { formatBytes } from "~/components/format/format-bytes";
import { Button } from "~/components/ui/button";
import { cn } from "~/components/ui/class-names";
import { Input } from "~/components/ui/input";
import { sumBytes, type IntakeProblem } from "../_intake/intake-file";
import { CodeArea } from "./code-area";
import type { Draft, DraftAction } from "./draft";

export interface FileWorkbenchProps {
  draft: Draft;
  dispatch: (action: DraftAction) => void;
  problems: readonly IntakeProblem[];
}

/** The files as tabs beside an editor for the open one. */
export function FileWorkbench({ draft, dispatch, problems }: FileWorkbenchProps) {
  const active = draft.files.find((file) => file.path === draft.active);
  const broken = new Set(problems.map((problem) => problem.path));
  return (
    <div className="flex min-w-0 flex-col overflow-hidden rounded-lg border bg-surface">
      <div className="flex h-[27rem] min-w-0 max-md:h-[34rem] max-md:flex-col">
        <div role="tablist" aria-label="Files" aria-orientation="vertical" className="flex w-52 shrink-0 flex-col overflow-y-auto border-r p-1 max-md:max-h-36 max-md:w-full max-md:border-r-0 max-md:border-b">
          {draft.files.map((file) => {
            const Icon = file.text === null ? FileImage : FileCode2;
            const isActive = file.path === draft.active;
            return (
              <button
                key={file.path}
                type="button"
                role="tab"
                aria-selected={isActive}
                onClick={() => dispatch({ type: "open", path: file.path })}
                className={cn("focus-inset flex min-h-7 min-w-0 items-center gap-2 rounded-sm px-2 text-left text-xs text-muted hover:bg-surface-hover", isActive && "bg-surface-muted font-medium text-foreground", broken.has(file.path) && "text-failed")}
              >
                <Icon aria-hidden className="size-3.5 shrink-0" />
                <span className="min-w-0 truncate" title={file.path}>{file.path}</span>
              </button>
            );
          })}
        </div>
        {active === undefined ? null : (
          <div role="tabpanel" aria-label={active.path} className="flex min-h-0 min-w-0 flex-1 flex-col">
            <div className="flex items-center gap-2 border-b p-1.5">
              <Input
                key={active.path}
                aria-label="Path of this file"
                defaultValue={active.path}
                spellCheck={false}
                autoCapitalize="none"
                onBlur={(event) => { if (event.target.value !== active.path) dispatch({ type: "rename", path: active.path, to: event.target.value.trim() }); }}
                onKeyDown={(event) => { if (event.key === "Enter") event.currentTarget.blur(); }}
                className="h-7 border-transparent bg-transparent font-mono text-xs"
              />
              <span className="shrink-0 text-xs text-muted tabular-nums">{formatBytes(active.bytes.byteLength)}</span>
              <Button variant="ghost" size="icon-sm" aria-label={`Take ${active.path} out`} onClick={() => dispatch({ type: "remove", path: active.path })}><Trash2 aria-hidden /></Button>
            </div>
            {active.text === null ? (
              <p className="flex flex-1 items-center justify-center p-6 text-sm text-muted">This is not a text. It goes along as it is.</p>
            ) : (
              <CodeArea label={`Content of ${active.path}`} value={active.text} onChange={(text) => dispatch({ type: "edit", path: active.path, text })} />
            )}
          </div>
        )}
      </div>
      <p className="border-t px-3 py-1.5 text-xs text-muted tabular-nums">
        {draft.files.length} {draft.files.length === 1 ? "file" : "files"}, {formatBytes(sumBytes(draft.files))}
        {draft.ignored === 0 ? "" : ` · ${draft.ignored} left out (node_modules, .git, .env and the like)`}
      </p>
    </div>
  );
}
