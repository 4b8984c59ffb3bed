"use client";

import { useRef, type KeyboardEvent } from "react";

export interface CodeAreaProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
}

/** A plain text area that writes code: line numbers, Tab indents, Escape gives Tab back so that one can leave by keyboard. */
export function CodeArea({ label, value, onChange }: CodeAreaProps) {
  const gutter = useRef<HTMLPreElement>(null);
  const tabLeaves = useRef(false);
  const lines = value.split("\n").length;

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === "Escape") {
      tabLeaves.current = true;
      return;
    }
    if (event.key !== "Tab" || event.shiftKey || tabLeaves.current) return;
    event.preventDefault();
    const area = event.currentTarget;
    area.setRangeText("  ", area.selectionStart, area.selectionEnd, "end");
    onChange(area.value);
  }

  return (
    <div className="flex h-full min-h-0 min-w-0 flex-1 overflow-hidden bg-surface font-mono text-xs leading-5">
      <pre ref={gutter} aria-hidden className="overflow-hidden border-r bg-surface-muted py-3 pr-2.5 pl-3 text-right text-muted select-none">
        {Array.from({ length: lines }, (_, index) => index + 1).join("\n")}
      </pre>
      <textarea
        aria-label={label}
        aria-description="Tab indents. Press Escape first to move on with Tab."
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        onFocus={() => { tabLeaves.current = false; }}
        onScroll={(event) => { if (gutter.current !== null) gutter.current.scrollTop = event.currentTarget.scrollTop; }}
        spellCheck={false}
        autoCapitalize="none"
        autoCorrect="off"
        wrap="off"
        className="focus-inset min-w-0 flex-1 resize-none overflow-auto bg-transparent px-3 py-3 [tab-size:2]"
      />
    </div>
  );
}
