import type { ComponentProps } from "react";
import { cn } from "./class-names";

const FIELD =
  "w-full min-w-0 rounded-md border border-border-strong/70 bg-surface text-sm text-foreground transition-colors placeholder:text-muted hover:border-border-strong focus-visible:outline-offset-0 disabled:opacity-55 aria-invalid:border-failed max-sm:text-[16px]";

export function Input({ className, type = "text", ...props }: ComponentProps<"input">) {
  return <input type={type} className={cn(FIELD, "h-8 px-2.5", className)} {...props} />;
}

export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return <textarea className={cn(FIELD, "min-h-20 px-2.5 py-1.5", className)} {...props} />;
}
