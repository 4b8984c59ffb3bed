import { describe, expect, it } from "vitest";
import { createId, isIdOf } from "./ids";

describe("ids", () => {
  it("sort in the order in which they were made, even within a millisecond", () => {
    const ids = Array.from({ length: 500 }, () => createId("build"));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(500);
  });

  it("hold the time they were given", () => {
    expect(createId("build", 1_000) < createId("build", 2_000)).toBe(true);
    expect(createId("release", 1_000).slice(0, 14)).toBe(createId("release", 1_000).slice(0, 14));
  });

  it("tell what they are", () => {
    expect(isIdOf("build", createId("build"))).toBe(true);
    expect(isIdOf("build", createId("release"))).toBe(false);
    expect(isIdOf("build", "build_none")).toBe(false);
  });
});

it("never makes the same id twice, and uses every digit", () => {
  const ids = Array.from({ length: 20_000 }, () => createId("build"));
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(Array.from({ length: 500 }, (_, turn) => createId("build", turn)).flatMap((id) => [...id.slice(-16)])).size).toBe(32);
});
