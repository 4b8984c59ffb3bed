import { Fragment } from "react";

/** A sentence of the server's, with what stands in `backticks` as code and its first letter a capital. */
export function ReasonText({ text }: { text: string }) {
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return sentence.split("`").map((part, index) =>
    index % 2 === 1 ? <code key={index} className="font-mono break-all">{part}</code> : <Fragment key={index}>{part}</Fragment>,
  );
}
