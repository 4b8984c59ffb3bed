import { describe, expect, it } from "vitest";
import { parseCsv } from "./csv";

describe("parseCsv", () => {
  it("reads plain rows, with either line end and with or without a last one", () => {
    const rows = [["a", "b"], ["1", "2"]];
    expect(parseCsv({ text: "a,b\n1,2" })).toEqual(rows);
    expect(parseCsv({ text: "a,b\r\n1,2\r\n" })).toEqual(rows);
  });
  it("reads quoted cells with commas, quotes and line breaks", () => {
    expect(parseCsv({ text: '"R1,R2","10 ""k"" ohm","two\nlines"\n' })).toEqual([["R1,R2", '10 "k" ohm', "two\nlines"]]);
  });
  it("keeps empty cells and leaves out empty rows", () => {
    expect(parseCsv({ text: "a,,c\n\n,,\nd,e,\n" })).toEqual([["a", "", "c"], ["d", "e", ""]]);
  });
  it("ends with the text when a quote is left open", () => {
    expect(parseCsv({ text: 'a,"b\nc' })).toEqual([["a", "b\nc"]]);
  });
  it("has no rows for nothing", () => {
    expect(parseCsv({ text: "" })).toEqual([]);
  });
});
