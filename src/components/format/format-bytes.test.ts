import { expect, it } from "vitest";
import { formatBytes } from "./format-bytes";

it.each([
  [0, "0 B"],
  [1023, "1023 B"],
  [1024, "1.0 KB"],
  [4300, "4.2 KB"],
  [18 * 1024 * 1024, "18 MB"],
  [1024 * 1024 - 1, "1.0 MB"],
  [3.5 * 1024 ** 3, "3.5 GB"],
])("%d bytes are %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
