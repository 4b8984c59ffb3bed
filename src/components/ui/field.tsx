"use client";

import { CircleAlert } from "lucide-react";
import { useId, type ReactElement, type ReactNode } from "react";
import { cn } from "./class-names";
import { Label } from "./label";

export interface FieldControlProps {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

export interface FieldProps {
  label: string;
  /** What belongs here; replaced by the error while there is one. */
  hint?: ReactNode;
  /** The problem and the fix. */
  error?: string | null;
  className?: string;
  children: (control: FieldControlProps) => ReactElement;
}

/** A labelled control with its hint or error, tied together for a screen reader. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasError = error !== undefined && error !== null && error !== "";
  const hasNote = hasError || (hint !== undefined && hint !== null);
  return (
    <div className={cn("flex min-w-0 flex-col gap-1.5", className)}>
      <Label htmlFor={id}>{label}</Label>
      {children({ id, "aria-describedby": hasNote ? noteId : undefined, "aria-invalid": hasError ? true : undefined })}
      {hasNote ? (
        <p id={noteId} role={hasError ? "alert" : undefined} className={cn("flex items-start gap-1 text-xs", hasError ? "text-failed" : "text-muted")}>
          {hasError ? <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" /> : null}
          <span className="min-w-0 break-words">{hasError ? error : hint}</span>
        </p>
      ) : null}
    </div>
  );
}
