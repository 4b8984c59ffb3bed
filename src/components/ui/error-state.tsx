"use client";

import { RotateCw, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./class-names";

export interface ErrorStateProps {
  /** What went wrong: "The builds could not be loaded". */
  title: string;
  /** Why, in the words of the error. */
  message: string;
  /** What is safe: "Your builds go on running." */
  safe?: string;
  onRetry?: () => void;
  retrying?: boolean;
  action?: ReactNode;
  className?: string;
}

export function ErrorState({ title, message, safe, onRetry, retrying = false, action, className }: ErrorStateProps) {
  return (
    <div role="alert" className={cn("flex flex-col items-center justify-center gap-3 px-6 py-12 text-center", className)}>
      <span className="flex size-9 items-center justify-center rounded-lg bg-failed/10 text-failed">
        <TriangleAlert aria-hidden className="size-4.5" />
      </span>
      <div className="flex max-w-md min-w-0 flex-col gap-1">
        <p className="text-sm font-semibold">{title}</p>
        <p className="text-sm text-pretty break-words text-muted">{message}</p>
        {safe === undefined ? null : <p className="text-sm text-pretty text-muted">{safe}</p>}
      </div>
      <div className="mt-1 flex flex-wrap justify-center gap-2">
        {onRetry === undefined ? null : (
          <Button onClick={onRetry} busy={retrying}>
            {retrying ? null : <RotateCw aria-hidden />}
            Try again
          </Button>
        )}
        {action}
      </div>
    </div>
  );
}
