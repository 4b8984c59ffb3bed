import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { SafeMarkdown } from "./markdown";

const render = (text: string) => renderToStaticMarkup(<SafeMarkdown text={text} />);

it("shows headings below the page's own, tables and code", () => {
  const html = render("# Blinky\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```ts\nconst x = 1 < 2;\n```");
  expect(html).toContain("<h3");
  expect(html).toContain("<td");
  expect(html).toContain("const x = 1 &lt; 2;");
  expect(html).not.toContain("<h1");
});

it.each([
  ["<script>alert(1)</script>"],
  ["<img src=x onerror=alert(1)>"],
  ["<iframe src='https://evil.example'></iframe>"],
  ["[x](javascript:alert(1))"],
  ["[x](data:text/html,<script>alert(1)</script>)"],
  ["![x](https://evil.example/track.png)"],
  ["![x](data:image/svg+xml;base64,AAAA)"],
])("lets nothing run or load: %s", (text) => {
  expect(render(text)).not.toMatch(/<script|<img|<iframe|onerror|href="(?:javascript|data)/i);
});

it("opens links to the outside without handing over this page", () => {
  expect(render("[docs](https://example.org)")).toMatch(/href="https:\/\/example.org" rel="noopener noreferrer nofollow ugc" target="_blank"/);
});
