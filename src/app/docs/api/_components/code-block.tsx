import { CopyButton } from "~/components/ui/copy-button";

/** Text to copy, scrolling by itself. */
export function CodeBlock({ text, what }: { text: string; what: string }) {
  return (
    <div className="relative min-w-0">
      <pre tabIndex={0} role="region" aria-label={what} className="max-h-80 overflow-auto rounded-md border bg-surface-muted p-3 pr-10 font-mono text-xs leading-5">{text}</pre>
      <CopyButton text={text} what={what} className="absolute top-2 right-2" />
    </div>
  );
}
