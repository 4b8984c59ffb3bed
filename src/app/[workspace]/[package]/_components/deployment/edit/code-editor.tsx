"use client";

import { useEffect, useRef, type KeyboardEvent } from "react";

export interface CodeEditorProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Where to begin: the caret is put there. */
  line?: number;
}

const LINE_HEIGHT = 20;

/** A plain text editor with line numbers. Enter keeps the indentation; Tab moves on, so that nobody is caught in it. */
export function CodeEditor({ label, value, onChange, line }: CodeEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLPreElement>(null);
  const count = value.split("\n").length;

  useEffect(() => {
    const element = area.current;
    if (!element) return;
    if (line !== undefined) {
      const start = element.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
      element.setSelectionRange(start, start);
      element.scrollTop = Math.max(0, (line - 5) * LINE_HEIGHT);
    } else element.setSelectionRange(0, 0);
    element.focus();
  }, [line]);

  function handleKey(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key !== "Enter" || event.shiftKey || event.metaKey || event.ctrlKey || event.nativeEvent.isComposing) return;
    const element = event.currentTarget;
    const before = element.value.slice(0, element.selectionStart);
    const indent = /[^\n]*$/.exec(before)?.[0].match(/^[ \t]*/)?.[0] ?? "";
    if (indent === "") return;
    event.preventDefault();
    // The one way that keeps the browser's undo.
    document.execCommand("insertText", false, `\n${indent}`);
  }

  return (
    <div className="flex min-h-0 min-w-0 flex-1 overflow-hidden font-mono text-xs leading-5">
      <pre ref={gutter} aria-hidden className="shrink-0 overflow-hidden border-r bg-surface-muted py-2 pr-2 pl-3 text-right text-muted select-none">
        {Array.from({ length: count }, (_, index) => index + 1).join("\n")}
        {"\n\n\n\n"}
      </pre>
      <textarea
        ref={area}
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={handleKey}
        onScroll={(event) => {
          if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        className="focus-inset min-h-0 min-w-0 flex-1 resize-none bg-transparent px-3 py-2 leading-5 outline-none"
      />
    </div>
  );
}
