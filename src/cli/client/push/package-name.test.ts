import { expect, it } from "vitest";
import { toPackageName } from "./package-name";

it.each([["@ada/Blinky Light", "blinky-light"], ["blinky", "blinky"], ["_x.y-", "x.y"], ["漢字", undefined], ["", undefined], ["a".repeat(200), "a".repeat(100)]])("makes of %s the package name %s", (name, made) => {
  expect(toPackageName(name)).toBe(made);
});
