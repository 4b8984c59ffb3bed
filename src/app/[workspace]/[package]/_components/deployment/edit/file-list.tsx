"use client";

import { Plus, Trash2, Undo2 } from "lucide-react";
import { useState, type FormEvent } from "react";
import { findPathProblem, normalizePath } from "~/app/new/_intake/path-rules";
import { Button } from "~/components/ui/button";
import { cn } from "~/components/ui/class-names";
import { Input } from "~/components/ui/input";

type Change = "added" | "changed" | "removed" | null;

const MARKS = { added: { letter: "A", className: "text-successful" }, changed: { letter: "M", className: "text-stale" }, removed: { letter: "D", className: "text-failed" } };

export interface FileListProps {
  files: readonly { path: string; change: Change }[];
  shown: string | null;
  onShow: (path: string) => void;
  onAdd: (path: string) => void;
  onRemove: (path: string) => void;
  onRestore: (path: string) => void;
}

/** Files of the release, with what became of each, and a field for a new one. */
export function FileList({ files, shown, onShow, onAdd, onRemove, onRestore }: FileListProps) {
  return (
    <div className="flex min-h-0 flex-col max-md:max-h-40 max-md:border-b md:w-60 md:shrink-0 md:border-r">
      <ul aria-label="Files" className="min-h-0 flex-1 overflow-y-auto py-1.5">
        {files.map(({ path, change }) => (
          <li key={path} className={cn("group flex items-center pr-1 hover:bg-surface-hover", path === shown && "bg-accent-soft")}>
            <button type="button" onClick={() => onShow(path)} aria-current={path === shown ? "true" : undefined} title={path} className={cn("focus-inset flex min-w-0 flex-1 items-center gap-2 py-1 pl-3 text-left font-mono text-xs", change === "removed" && "line-through opacity-70")}>
              <span className="min-w-0 truncate">{path}</span>
              {change === null ? null : <abbr title={change} className={cn("ml-auto no-underline", MARKS[change].className)}>{MARKS[change].letter}</abbr>}
            </button>
            {change === null || change === "added" ? (
              <Button size="icon-sm" variant="ghost" className="size-6" aria-label={`Remove ${path}`} onClick={() => onRemove(path)}><Trash2 aria-hidden /></Button>
            ) : (
              <Button size="icon-sm" variant="ghost" className="size-6" aria-label={`Undo changes of ${path}`} onClick={() => onRestore(path)}><Undo2 aria-hidden /></Button>
            )}
          </li>
        ))}
      </ul>
      <AddFile taken={files.map((file) => file.path)} onAdd={onAdd} />
    </div>
  );
}

function AddFile({ taken, onAdd }: { taken: readonly string[]; onAdd: (path: string) => void }) {
  const [path, setPath] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  function submit(event: FormEvent) {
    event.preventDefault();
    const normal = normalizePath(path.trim());
    const found = taken.includes(normal) ? "There is a file of this name." : findPathProblem(normal);
    setProblem(found);
    if (found !== null) return;
    onAdd(normal);
    setPath("");
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-1 border-t p-2">
      <div className="flex gap-1">
        <Input value={path} onChange={(event) => setPath(event.target.value)} placeholder="Path of a new file" aria-label="Path of a new file" aria-invalid={problem !== null || undefined} aria-describedby={problem === null ? undefined : "new-file-problem"} className="h-7 font-mono text-xs" />
        <Button type="submit" size="icon-sm" aria-label="Add the file"><Plus aria-hidden /></Button>
      </div>
      {problem === null ? null : <p id="new-file-problem" role="alert" className="text-xs text-failed">{problem}</p>}
    </form>
  );
}
