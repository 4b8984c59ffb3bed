"use client";

import { ChevronDown, ChevronUp, CircleAlert, Clock, Copy, Download, ListFilter, Search, WrapText } from "lucide-react";
import type { KeyboardEvent, ReactNode, Ref } from "react";
import { Button } from "~/components/ui/button";
import { cn } from "~/components/ui/class-names";
import { DropdownMenu, DropdownMenuContent, DropdownMenuRadioGroup, DropdownMenuRadioItem, DropdownMenuTrigger } from "~/components/ui/dropdown-menu";
import { Input } from "~/components/ui/input";
import { Tooltip } from "~/components/ui/tooltip";
import { changeLogPreferences, type LogPreferences } from "./log-preferences";
import type { LogStream } from "./log-store";
import type { LogSearch } from "./use-log-search";

const STREAM_WORDS = { all: "All output", stdout: "Standard output", stderr: "Standard error", system: "Slipway's own lines" } as const;

export interface LogToolbarProps {
  label: string;
  query: string;
  onQueryChange: (query: string) => void;
  search: LogSearch;
  /** Index of the match the reader is at, or -1. */
  matchIndex: number;
  onNextMatch: (direction: 1 | -1) => void;
  searchRef: Ref<HTMLInputElement>;
  stream: LogStream | null;
  onStreamChange: (stream: LogStream | null) => void;
  preferences: LogPreferences;
  hasError: boolean;
  onJumpToError: () => void;
  onCopy: () => void;
  copyLabel: string;
  onDownload: () => void;
  busy: boolean;
}

export function LogToolbar(props: LogToolbarProps) {
  const { query, onQueryChange, search, matchIndex, onNextMatch, stream, onStreamChange, preferences } = props;
  function handleKey(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === "Enter") onNextMatch(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") {
      onQueryChange("");
      event.currentTarget.blur();
    } else return;
    event.preventDefault();
  }
  return (
    <div className="flex flex-wrap items-center gap-x-1 gap-y-1.5 border-b px-2 py-1.5">
      <div className="relative min-w-44 flex-1 sm:max-w-72">
        <Search aria-hidden className="pointer-events-none absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-muted" />
        <Input ref={props.searchRef} type="search" value={query} onChange={(event) => onQueryChange(event.target.value)} onKeyDown={handleKey} placeholder="Search this log" aria-label={`Search ${props.label}`} spellCheck={false} autoComplete="off" className="h-7 pl-7 text-xs [&::-webkit-search-cancel-button]:hidden" />
      </div>
      {query === "" ? null : (
        <div className="flex items-center">
          <span role="status" className="px-1.5 text-xs whitespace-nowrap text-muted tabular-nums">{describeSearch(search, matchIndex)}</span>
          <IconButton label="Previous match (N)" onClick={() => onNextMatch(-1)} disabled={search.lines.length === 0}><ChevronUp aria-hidden /></IconButton>
          <IconButton label="Next match (n)" onClick={() => onNextMatch(1)} disabled={search.lines.length === 0}><ChevronDown aria-hidden /></IconButton>
        </div>
      )}
      <div className="ml-auto flex items-center gap-0.5">
        {props.hasError ? (
          <Button size="sm" variant="ghost" className="text-failed hover:text-failed" onClick={props.onJumpToError} aria-keyshortcuts="e">
            <CircleAlert aria-hidden />
            <span className="max-sm:sr-only">First error</span>
          </Button>
        ) : null}
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button size="sm" variant="ghost" aria-label={`Stream: ${STREAM_WORDS[stream ?? "all"]}`} className={cn(stream !== null && "text-accent")}>
              <ListFilter aria-hidden />
              <span aria-hidden className="max-sm:hidden">{stream ?? "all"}</span>
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent>
            <DropdownMenuRadioGroup value={stream ?? "all"} onValueChange={(value) => onStreamChange(toStream(value))}>
              {Object.entries(STREAM_WORDS).map(([value, word]) => (
                <DropdownMenuRadioItem key={value} value={value}>{word}</DropdownMenuRadioItem>
              ))}
            </DropdownMenuRadioGroup>
          </DropdownMenuContent>
        </DropdownMenu>
        <IconButton label="Timestamps" pressed={preferences.times} onClick={() => changeLogPreferences({ times: !preferences.times })}><Clock aria-hidden /></IconButton>
        <IconButton label="Wrap long lines" pressed={preferences.wrap} onClick={() => changeLogPreferences({ wrap: !preferences.wrap })}><WrapText aria-hidden /></IconButton>
        <IconButton label={props.copyLabel} onClick={props.onCopy} disabled={props.busy}><Copy aria-hidden /></IconButton>
        <IconButton label="Download the raw log" onClick={props.onDownload} disabled={props.busy}><Download aria-hidden /></IconButton>
      </div>
    </div>
  );
}

function IconButton({ label, pressed, children, ...rest }: { label: string; pressed?: boolean; onClick: () => void; disabled?: boolean; children: ReactNode }) {
  return (
    <Tooltip content={label}>
      <Button size="icon-sm" variant="ghost" aria-label={label} aria-pressed={pressed} className={cn(pressed === true && "bg-accent-soft text-accent hover:text-accent")} {...rest}>
        {children}
      </Button>
    </Tooltip>
  );
}

function toStream(value: string): LogStream | null {
  return value === "stdout" || value === "stderr" || value === "system" ? value : null;
}

function describeSearch(search: LogSearch, matchIndex: number): string {
  if (search.state === "searching") return "Searching…";
  if (search.state === "failed") return "Search failed";
  if (search.count === 0) return "No match";
  const place = matchIndex === -1 ? "" : `${(matchIndex + 1).toLocaleString("en")} of `;
  const matches = `${place}${search.count.toLocaleString("en")} ${search.count === 1 ? "line" : "lines"}`;
  return search.lines.length < search.count ? `${matches}, first ${search.lines.length.toLocaleString("en")} listed` : matches;
}
