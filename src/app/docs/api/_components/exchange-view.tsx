"use client";

import { Download } from "lucide-react";
import { formatBytes } from "~/components/format/format-bytes";
import { Badge } from "~/components/ui/badge";
import { Button } from "~/components/ui/button";
import { CopyButton } from "~/components/ui/copy-button";
import { Spinner } from "~/components/ui/spinner";
import type { Exchange } from "./use-exchange";

/** What came back: status, headers, and the body as it comes. */
export function ExchangeView({ exchange }: { exchange: Exchange }) {
  const { status, state, text, bytes, ms, problem, headers, file } = exchange;
  return (
    <section aria-label="Answer" className="flex min-w-0 flex-col gap-2 border-t pt-3">
      <p role="status" className="flex flex-wrap items-center gap-2 text-sm">
        {status === null ? null : <Badge tone={status < 400 ? "successful" : "failed"}>Status {status}</Badge>}
        {state === "sending" ? <><Spinner />Sending…</> : null}
        {state === "receiving" ? <><Spinner />Receiving, {formatBytes(bytes)} so far</> : null}
        {state === "done" ? <span className="text-muted">{formatBytes(bytes)} in {ms ?? 0} ms</span> : null}
        {problem === null ? null : <span className={state === "failed" ? "text-failed" : "text-muted"}>{problem}</span>}
      </p>
      {headers.length > 0 ? (
        <details className="min-w-0 text-xs">
          <summary className="w-fit cursor-pointer text-muted">Headers ({headers.length})</summary>
          <pre tabIndex={0} className="mt-1 overflow-x-auto rounded-md border bg-surface-muted p-3 font-mono">{headers.map(([name, value]) => `${name}: ${value}`).join("\n")}</pre>
        </details>
      ) : null}
      {text === null || text === "" ? null : (
        <div className="relative min-w-0">
          <pre tabIndex={0} aria-label="Body of the answer" className="max-h-96 overflow-auto rounded-md border bg-surface-muted p-3 pr-10 font-mono text-xs leading-5">{present({ text, isDone: state === "done" })}</pre>
          <CopyButton text={text} what="body" className="absolute top-2 right-2" />
        </div>
      )}
      {file === null ? null : <Button asChild size="sm" className="self-start"><a href={file.url} download={file.name}><Download aria-hidden />Save {file.name}</a></Button>}
    </section>
  );
}

/** One JSON value, indented; anything else as it is. */
function present({ text, isDone }: { text: string; isDone: boolean }): string {
  if (!isDone || !text.startsWith("{")) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
