import { describe, expect, it } from "vitest";
import { createLineSplitter } from "./split-lines";

const bytes = (text: string) => Buffer.from(text);

describe("createLineSplitter", () => {
  it("joins a line that comes in pieces, even in the middle of a character", () => {
    const splitter = createLineSplitter();
    const euro = bytes("5 €\nnext");
    expect(splitter.push(euro.subarray(0, 3))).toEqual([]);
    expect(splitter.push(euro.subarray(3))).toEqual(["5 €"]);
    expect(splitter.end()).toEqual(["next"]);
  });

  it("keeps empty lines and colours, drops the carriage return of a line end only", () => {
    const splitter = createLineSplitter();
    expect(splitter.push(bytes("a\r\n\n\u001b[31mred\u001b[0m\n10%\r20%\n"))).toEqual(["a", "", "\u001b[31mred\u001b[0m", "10%\r20%"]);
    expect(splitter.end()).toEqual([]);
  });

  it("cuts a long line with a mark that counts what is gone, and holds no more than the limit", () => {
    const splitter = createLineSplitter(8);
    for (let i = 0; i < 100; i++) expect(splitter.push(bytes("0123456789"))).toEqual([]);
    expect(splitter.push(bytes("\nshort\n"))).toEqual(["01234567 … [line cut: 992 more characters]", "short"]);
  });

  it("makes text that the database can hold", () => {
    const splitter = createLineSplitter(3);
    expect(splitter.push(bytes("a\0b\n12😀\n"))).toEqual(["a␀b", "12\ufffd … [line cut: 1 more characters]"]);
  });
});
