import { Fragment } from "react";

/** A sentence of the document; what stands between backticks is code. */
export function Words({ text }: { text: string }) {
  return text.split(/`([^`]+)`/).map((part, index) =>
    index % 2 === 1 ? <code key={index} className="rounded-sm bg-surface-muted px-1 font-mono text-[0.9em] break-words">{part}</code> : <Fragment key={index}>{part}</Fragment>,
  );
}
