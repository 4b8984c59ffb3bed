import { describe, expect, it } from "vitest";
import { addLabel, addOption, addWord } from "./parse-pairs";

describe("key=value", () => {
  it("gathers labels as text", () => {
    expect(addLabel("b=1=2", addLabel("team=power"))).toEqual({ team: "power", b: "1=2" });
    expect(addLabel("empty=")).toEqual({ empty: "" });
  });
  it("reads options as JSON where they are", () => {
    expect(["a=true", "b=[\"x.tsx\"]", "c=warning", "d=\"1\"", "e=12"].reduce<Record<string, unknown>>((all, pair) => addOption(pair, all), {})).toEqual({ a: true, b: ["x.tsx"], c: "warning", d: "1", e: 12 });
  });
  it.each(["novalue", "=x", ""])("refuses %j", (value) => {
    expect(() => addLabel(value)).toThrow(/key=value/);
    expect(() => addOption(value)).toThrow(/key=value/);
  });
  it("refuses a label's name that no label can have", () => {
    expect(() => addLabel("Ä=1")).toThrow(/must be 1 to 63 letters/);
  });
  it("gathers words", () => {
    expect(addWord("c", addWord("a, b,"))).toEqual(["a", "b", "c"]);
  });
});
