"use client";

import type { HighlighterCore } from "shiki/core";

export interface CodeToken {
  text: string;
  light: string | undefined;
  dark: string | undefined;
}

const LANGUAGES: Record<string, string> = { ts: "tsx", tsx: "tsx", js: "tsx", mjs: "tsx", cjs: "tsx", jsx: "tsx", json: "json", md: "markdown", sol: "solidity", sarif: "json" };
/** Beyond this, colours cost more than they give. */
const LONGEST = 120_000;

let loading: Promise<HighlighterCore> | null = null;

async function loadHighlighter(): Promise<HighlighterCore> {
  const [{ createHighlighterCore }, { createJavaScriptRegexEngine }] = await Promise.all([import("shiki/core"), import("shiki/engine/javascript")]);
  return createHighlighterCore({
    themes: [import("shiki/themes/github-light-default.mjs"), import("shiki/themes/github-dark-default.mjs")],
    langs: [import("shiki/langs/tsx.mjs"), import("shiki/langs/json.mjs"), import("shiki/langs/markdown.mjs"), import("shiki/langs/solidity.mjs")],
    // Regular expressions of the browser's own: no WebAssembly, which a strict content policy forbids.
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
}

/** Lines of coloured tokens, or null for what has no language here or is too long. */
export async function highlightCode({ code, path }: { code: string; path: string }): Promise<CodeToken[][] | null> {
  const lang = LANGUAGES[path.split(".").at(-1) ?? ""];
  if (lang === undefined || code.length > LONGEST) return null;
  loading ??= loadHighlighter();
  const lines = (await loading).codeToTokensWithThemes(code, { lang, themes: { light: "github-light-default", dark: "github-dark-default" } });
  return lines.map((line) => line.map((token) => ({ text: token.content, light: token.variants.light?.color, dark: token.variants.dark?.color })));
}
