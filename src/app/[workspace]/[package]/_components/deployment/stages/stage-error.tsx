"use client";

import { FilePen, ScrollText } from "lucide-react";
import { Button } from "~/components/ui/button";
import { CopyButton } from "~/components/ui/copy-button";
import type { StageView } from "~/server/api/schemas/builds";

type Failure = NonNullable<StageView["error"]>;

export interface StageErrorProps {
  error: Failure;
  onShowInLog: (() => void) | null;
  /** Opens the file where it may be changed. */
  onEditFile: ((place: { file: string; line?: number }) => void) | null;
}

/** The error first: what, where, and the lines around it. */
export function StageError({ error, onShowInLog, onEditFile }: StageErrorProps) {
  const { location } = error;
  const place = location === null ? null : formatPlace(location);
  return (
    <div className="flex flex-col gap-2.5 border-b bg-failed/5 px-4 py-3">
      <div className="flex items-start justify-between gap-3">
        <div className="flex min-w-0 flex-col gap-1">
          <p className="font-medium break-words whitespace-pre-wrap text-failed">{error.message}</p>
          <p className="flex flex-wrap items-center gap-x-2 text-xs text-muted">
            <code className="font-mono">{error.code}</code>
            {place === null ? null : <code className="font-mono break-all text-foreground">{place}</code>}
          </p>
        </div>
        <CopyButton text={[error.message, place, location?.excerpt].filter(Boolean).join("\n")} what="error" />
      </div>
      {location?.excerpt === undefined ? null : (
        <pre tabIndex={0} aria-label={`Source around the error in ${location.file}`} className="focus-inset overflow-x-auto rounded-md border bg-surface px-3 py-2 font-mono text-xs">{location.excerpt}</pre>
      )}
      {onShowInLog === null && (onEditFile === null || location === null) ? null : (
        <div className="flex flex-wrap gap-2">
          {onEditFile !== null && location !== null ? (
            <Button size="sm" onClick={() => onEditFile({ file: location.file, ...(location.line !== undefined && { line: location.line }) })}>
              <FilePen aria-hidden />
              Edit {location.file.split("/").at(-1)}
            </Button>
          ) : null}
          {onShowInLog === null ? null : (
            <Button size="sm" onClick={onShowInLog} aria-keyshortcuts="e">
              <ScrollText aria-hidden />
              Show in the log
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

export function formatPlace(location: { file: string; line?: number; column?: number }): string {
  return [location.file, location.line, location.column].filter((part) => part !== undefined).join(":");
}
