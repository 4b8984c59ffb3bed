import { cn } from "~/components/ui/class-names";

/** A hull on its ways: two strokes and the slope. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 20 20" fill="none" aria-hidden className={cn("size-5 shrink-0", className)}>
      <path d="M3.2 6.2h13.6l-2.3 5.2a2 2 0 0 1-1.8 1.2H7.3a2 2 0 0 1-1.8-1.2L3.2 6.2Z" className="fill-accent" />
      <path d="M2 17.2 18 13.4" className="stroke-foreground" strokeWidth="1.7" strokeLinecap="round" />
      <path d="M10 2.6v3.6" className="stroke-accent" strokeWidth="1.7" strokeLinecap="round" />
    </svg>
  );
}
