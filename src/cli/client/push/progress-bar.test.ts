import { expect, it } from "vitest";
import { createProgressBar, drawBar } from "./progress-bar";

it("draws from nothing to all", () => {
  expect(drawBar({ bytes: 0, total: 1000 })).toMatch(/^Sending \[-{28}\] {3}0 % {2}0 B of 1\.0 kB$/);
  expect(drawBar({ bytes: 500, total: 1000 })).toMatch(/\[#{14}-{14}\] {2}50 %/);
  expect(drawBar({ bytes: 1000, total: 1000 })).toMatch(/\[#{28}\] 100 %/);
  expect(drawBar({ bytes: 0, total: 0 })).toMatch(/100 %/);
});

it("writes nothing where nobody can see it be drawn over", () => {
  const written: string[] = [];
  const bar = createProgressBar({ total: 10, enabled: false, write: (text) => written.push(text) });
  bar.show(5);
  bar.clear();
  expect(written).toEqual([]);
});

it("takes itself away", () => {
  let line = "";
  const bar = createProgressBar({ total: 10, enabled: true, write: (text) => (line += text) });
  bar.show(5);
  bar.clear();
  expect(line.split("\r").at(-2)).toMatch(/^ +$/);
  expect(line.endsWith("\r")).toBe(true);
});
