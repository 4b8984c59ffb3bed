"use client";

import { useQuery } from "@tanstack/react-query";
import type { CSSProperties } from "react";
import { highlightCode, type CodeToken } from "./highlight-code";

/** Source text with line numbers, coloured as soon as the colours are there. */
export function CodeView({ code, path, contentKey }: { code: string; path: string; contentKey: string }) {
  const data = useHighlight({ code, path, contentKey });
  const lines = code.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return (
    <div tabIndex={0} role="region" aria-label={`Content of ${path}`} className="focus-inset min-h-0 flex-1 overflow-auto py-2 font-mono text-xs leading-5">
      <div className="grid w-max min-w-full grid-cols-[auto_1fr]">
        <pre aria-hidden className="sticky left-0 bg-surface px-3 text-right text-muted select-none">{lines.map((_, index) => index + 1).join("\n")}</pre>
        <pre className="pr-4">{data ? data.map((line, index) => <CodeLine key={index} tokens={line} />) : code}</pre>
      </div>
    </div>
  );
}

/** The coloured lines of a text; nothing as long as there are none. */
export function useHighlight({ code, path, contentKey }: { code: string; path: string; contentKey: string }): CodeToken[][] | null | undefined {
  return useQuery({ queryKey: ["highlight", path, contentKey], queryFn: () => highlightCode({ code, path }), staleTime: Infinity, retry: false }).data;
}

function CodeLine({ tokens }: { tokens: readonly CodeToken[] }) {
  return (
    <>
      <CodeTokens tokens={tokens} />
      {"\n"}
    </>
  );
}

/** Coloured text. Colours come after the page is alive, so that its styles are none of the server's markup. */
export function CodeTokens({ tokens }: { tokens: readonly CodeToken[] }) {
  return tokens.map((token, index) => {
    const style: CSSProperties & Record<`--${string}`, string | undefined> = { "--token-light": token.light, "--token-dark": token.dark };
    return <span key={index} className="text-(--token-light) dark:text-(--token-dark)" style={style}>{token.text}</span>;
  });
}
