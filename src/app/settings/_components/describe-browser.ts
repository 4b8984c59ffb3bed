/** In this order: each name also stands in the headers of those after it. */
const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Headless)?(?:Chrome|CriOS|Chromium)\//, "Chrome"],
  [/\bVersion\/[\d.]+.*Safari\//, "Safari"],
];

const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux|X11/, "Linux"],
];

function findName(table: readonly [RegExp, string][], text: string): string | null {
  return table.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/** "Firefox on Linux" out of a user agent; the text itself, cut, for what is no browser that we know. */
export function describeBrowser(userAgent: string | null): { name: string; isPhone: boolean } {
  if (userAgent === null || userAgent.trim() === "") return { name: "Unknown browser", isPhone: false };
  const browser = findName(BROWSERS, userAgent);
  const system = findName(SYSTEMS, userAgent);
  const isPhone = /iPhone|Android.+Mobile/.test(userAgent);
  if (browser === null) return { name: userAgent.slice(0, 60), isPhone };
  return { name: system === null ? browser : `${browser} on ${system}`, isPhone };
}
