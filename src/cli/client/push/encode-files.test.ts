import { expect, it } from "vitest";
import { encodeContent } from "./encode-files";

it.each([
  ["text", Buffer.from("é\n"), "content"],
  ["text with a byte order mark", Buffer.from("\ufeffa"), "content"],
  ["nothing", Buffer.alloc(0), "content"],
  ["bytes that are no text", Buffer.from([0xff, 0xfe, 0]), "content_base64"],
  ["zeros, which JSON would make six times as long", Buffer.alloc(1000), "content_base64"],
])("sends %s without changing a byte", (_what, bytes, field) => {
  const encoded: { content?: string; content_base64?: string } = encodeContent({ path: "x", bytes });
  expect(Object.keys(encoded)).toEqual(["path", field]);
  const back = encoded.content === undefined ? Buffer.from(encoded.content_base64 ?? "", "base64") : Buffer.from(encoded.content, "utf8");
  expect(back.equals(bytes)).toBe(true);
});
