"use client";

import { useCallback, useEffect, useRef, useState } from "react";

/** idle → sending → receiving (the head is there) → done; failed when no answer came, or it broke off. */
export interface Exchange {
  state: "idle" | "sending" | "receiving" | "done" | "failed";
  status: number | null;
  headers: [string, string][];
  /** What came so far, as text; null for bytes that are none. */
  text: string | null;
  bytes: number;
  ms: number | null;
  problem: string | null;
  /** For saving bytes; the browser's own address of them. */
  file: { url: string; name: string } | null;
}

const IDLE: Exchange = { state: "idle", status: null, headers: [], text: null, bytes: 0, ms: null, problem: null, file: null };
/** Beyond this the text only costs memory; the rest is counted. */
const LONGEST_TEXT = 200_000;
const TEXT_TYPE = /^(text\/|application\/(problem\+json|json|x-ndjson|vnd\.circuit\+json)|image\/svg)/;

export function useExchange() {
  const [exchange, setExchange] = useState<Exchange>(IDLE);
  const running = useRef<AbortController | null>(null);
  const file = useRef<string | null>(null);

  const forgetFile = useCallback(() => {
    if (file.current !== null) URL.revokeObjectURL(file.current);
    file.current = null;
  }, []);
  useEffect(() => () => {
    running.current?.abort();
    forgetFile();
  }, [forgetFile]);

  const send = useCallback(async ({ url, init }: { url: string; init: RequestInit }) => {
    running.current?.abort();
    forgetFile();
    const controller = new AbortController();
    running.current = controller;
    const started = performance.now();
    const update = (change: Partial<Exchange>): void => {
      if (running.current === controller) setExchange((before) => ({ ...before, ...change }));
    };
    setExchange({ ...IDLE, state: "sending" });
    try {
      const response = await fetch(url, { ...init, signal: controller.signal });
      const type = response.headers.get("content-type") ?? "";
      const isText = TEXT_TYPE.test(type);
      update({ state: "receiving", status: response.status, headers: [...response.headers], text: isText ? "" : null, ms: Math.round(performance.now() - started) });
      const kept = await receive({ response, isText, update });
      if (!isText && kept.length > 0) file.current = URL.createObjectURL(new Blob(kept, { type }));
      update({ state: "done", ms: Math.round(performance.now() - started), file: file.current === null ? null : { url: file.current, name: url.split("?", 1)[0]?.split("/").at(-1) ?? "answer" } });
    } catch (error) {
      if (controller.signal.aborted) update({ state: "done", problem: "You stopped it." });
      else update({ state: "failed", problem: error instanceof Error ? `The answer did not come, or broke off: ${error.message}.` : "The answer did not come." });
    }
  }, [forgetFile]);

  const stop = useCallback(() => running.current?.abort(), []);
  return { exchange, send, stop };
}

/** Hands text on as it comes; answers the pieces of what is no text. */
async function receive(options: { response: Response; isText: boolean; update: (change: Partial<Exchange>) => void }): Promise<BlobPart[]> {
  const { response, isText, update } = options;
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  const kept: BlobPart[] = [];
  let text = "";
  let bytes = 0;
  for (;;) {
    const piece = await reader?.read();
    if (piece === undefined || piece.done) return kept;
    bytes += piece.value.byteLength;
    if (isText) {
      if (text.length < LONGEST_TEXT) text += decoder.decode(piece.value, { stream: true });
    } else kept.push(piece.value);
    update({ bytes, text: isText ? text.slice(0, LONGEST_TEXT) : null });
  }
}
