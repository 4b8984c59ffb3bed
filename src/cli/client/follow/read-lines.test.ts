import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { readLines } from "./read-lines";

async function linesOf(chunks: (Buffer | string)[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readLines(Readable.from(chunks))) lines.push(line);
  return lines;
}

it("puts lines together across chunks, also in the middle of a character", async () => {
  const bytes = Buffer.from("één\nzwei\r\n\ndrei\n");
  expect(await linesOf([...bytes].map((byte) => Buffer.from([byte])))).toEqual(["één", "zwei", "", "drei"]);
});

it("does not take a line that was cut off for a whole one", async () => {
  expect(await linesOf(["{\"id\":1}\n{\"id\":1"])).toEqual(["{\"id\":1}"]);
});
