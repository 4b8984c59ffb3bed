"use client";

import { ClipboardPaste, FilePlus2, FolderUp, Upload } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "~/components/ui/button";
import { cn } from "~/components/ui/class-names";
import { Spinner } from "~/components/ui/spinner";
import type { OfferedFile } from "../_intake/collect-files";
import { offerDropped, offerPicked } from "../_intake/read-drop";

export interface DropZoneProps {
  onOffer: (offered: Promise<OfferedFile[]>) => void;
  onPaste: () => void;
  busy: boolean;
  /** Once there are files it is only a bar. */
  compact: boolean;
}

/** Takes files, a folder or a zip, dropped anywhere on the page or picked. */
export function DropZone({ onOffer, onPaste, busy, compact }: DropZoneProps) {
  const filesInput = useRef<HTMLInputElement>(null);
  const folderInput = useRef<HTMLInputElement>(null);
  const isOver = useDropAnywhere(onOffer);

  function pick(input: HTMLInputElement) {
    if (input.files !== null && input.files.length > 0) onOffer(Promise.resolve(offerPicked({ files: input.files })));
    // So that the same file can be picked again after it was changed.
    input.value = "";
  }

  return (
    <div className={cn("flex rounded-lg border border-dashed border-border-strong transition-colors", isOver && "border-accent bg-accent-soft", compact ? "flex-wrap items-center gap-2 px-3 py-2" : "min-h-56 flex-col items-center justify-center gap-4 px-6 py-10 text-center")}>
      {compact ? null : <span className="flex size-10 items-center justify-center rounded-lg border bg-surface text-muted">{busy ? <Spinner /> : <Upload aria-hidden className="size-4.5" />}</span>}
      <div className={cn("flex flex-col gap-0.5", compact && "flex-1")}>
        <p className={compact ? "text-xs text-muted" : "text-base font-medium"}>{isOver ? "Let go to add them" : compact ? "Drop more files anywhere" : "Drop files, a folder or a zip"}</p>
        {compact ? null : <p className="text-sm text-muted">Nothing leaves your computer before you press Build.</p>}
      </div>
      <div className="flex flex-wrap justify-center gap-2">
        <Button size={compact ? "sm" : "md"} onClick={() => filesInput.current?.click()}><FilePlus2 aria-hidden />Files or zip</Button>
        <Button size={compact ? "sm" : "md"} onClick={() => folderInput.current?.click()}><FolderUp aria-hidden />Folder</Button>
        <Button size={compact ? "sm" : "md"} onClick={onPaste}><ClipboardPaste aria-hidden />{compact ? "New file" : "Write or paste code"}</Button>
      </div>
      <input ref={filesInput} type="file" multiple hidden aria-label="Files or a zip" data-testid="files-input" onChange={(event) => pick(event.currentTarget)} />
      <input ref={folderInput} type="file" multiple hidden aria-label="A folder" data-testid="folder-input" onChange={(event) => pick(event.currentTarget)} {...{ webkitdirectory: "" }} />
    </div>
  );
}

/** A drop that misses a small zone makes the browser leave the page for the file: so the whole page is the zone. */
function useDropAnywhere(onOffer: DropZoneProps["onOffer"]): boolean {
  const [isOver, setIsOver] = useState(false);
  const latest = useRef(onOffer);
  useEffect(() => {
    latest.current = onOffer;
  });
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
    function onDragOver(event: DragEvent) {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsOver(true);
    }
    function onDragLeave(event: DragEvent) {
      if (event.relatedTarget === null) setIsOver(false);
    }
    function onDrop(event: DragEvent) {
      if (event.dataTransfer === null || !hasFiles(event)) return;
      event.preventDefault();
      setIsOver(false);
      latest.current(offerDropped({ transfer: event.dataTransfer }));
    }
    window.addEventListener("dragover", onDragOver);
    window.addEventListener("dragleave", onDragLeave);
    window.addEventListener("drop", onDrop);
    return () => {
      window.removeEventListener("dragover", onDragOver);
      window.removeEventListener("dragleave", onDragLeave);
      window.removeEventListener("drop", onDrop);
    };
  }, []);
  return isOver;
}
