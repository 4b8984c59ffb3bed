import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createElement as h } from "react";
import { renderToString } from "react-dom/server";
import { Select, Tabs } from "radix-ui";
import { describe, expect, it } from "vitest";
import { LIBRARY_STYLES, MODEL_VIEWER_STYLE_HASH } from "./library-styles";

describe("the styles that a library writes into markup", () => {
  it("are those that the policy lets through, and no others", () => {
    const tabs = h(Tabs.Root, { defaultValue: "a" }, h(Tabs.List, null, h(Tabs.Trigger, { value: "a" }, "A")), h(Tabs.Content, { value: "a" }, "text"));
    const select = h(Select.Root, { defaultValue: "a" }, h(Select.Trigger, null, h(Select.Value)));
    const found = [...renderToString(h("div", null, tabs, select)).matchAll(/ style="([^"]*)"/g)].map((match) => match[1]);
    expect([...new Set(found)].sort()).toEqual([...LIBRARY_STYLES].sort());
  });

  it("are the one of a 3D model, by its hash", () => {
    const template = readFileSync("node_modules/@google/model-viewer/lib/template.js", "utf8");
    const styles = [...template.matchAll(/<style>(.*?)<\/style>/gs)].map((match) => match[1] ?? "");
    expect(styles.map((style) => `'sha256-${createHash("sha256").update(style).digest("base64")}'`)).toEqual([MODEL_VIEWER_STYLE_HASH]);
  });
});
