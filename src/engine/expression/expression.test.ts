import { describe, expect, it } from "vitest";
import { EngineError } from "../errors";
import { evaluateKey, evaluateNumber, testExpression } from "./evaluate";
import { parseExpression } from "./parse";

const event = { name: "a/b", data: { id: "x1", n: 3, yes: true, nothing: null, list: ["p", "q"], "odd key": 1, deep: { er: "v" } } };
const scope = { event, async: { data: { id: "x1", n: 4, other: "z" } } };
const parse = (source: string) => parseExpression({ source, where: "here" });
const test = (source: string) => testExpression({ expression: parse(source), scope });

describe("expressions", () => {
  it.each([
    ["event.data.id == async.data.id", true],
    ["event.data.n == async.data.n", false],
    ["event.data.n != async.data.n", true],
    ["event.data.id == 'x1' && event.data.n == 3", true],
    ["event.data.id == 'x2' || event.data.yes == true", true],
    ["event.data.id == 'x2' || event.data.yes == true && event.data.n == 4", false],
    ["(event.data.id == 'x1' || event.data.n == 9) && event.data.n == 9", false],
    ["event.data.n < 4 && event.data.n <= 3 && event.data.n > 2 && event.data.n >= 3", true],
    ["event.data.n > -1", true],
    ["!(event.data.id == \"x1\")", false],
    ["event.data.list[1] == 'q'", true],
    ["event.data['odd key'] == 1", true],
    ["event.data.deep.er == 'v'", true],
    ["event.data.deep == 'v'", false],
    ["event.data.id == 'it\\'s'", false],
    ["event.data.yes", true],
    ["event.data.id", false],
    ["event.data.id < 4", false],
  ])("%s is %s", (source, expected) => {
    expect(test(source)).toBe(expected);
  });

  it("takes a missing field for equal to nothing, not even to another missing one", () => {
    expect(test("event.data.gone == async.data.gone")).toBe(false);
    expect(test("event.data.gone != async.data.gone")).toBe(true);
    expect(test("event.data.nothing == async.data.gone")).toBe(false);
    expect(test("event.data.gone.further == 'x'")).toBe(false);
  });

  it("finds both null and missing fields equal to the literal null", () => {
    expect(test("event.data.gone == null")).toBe(true);
    expect(test("event.data.nothing == null")).toBe(true);
    expect(test("null == event.data.gone")).toBe(true);
    expect(test("event.data.id != null")).toBe(true);
  });

  it("does not look up inherited properties", () => {
    expect(test("event.data.toString == null")).toBe(true);
    expect(test("event.constructor.name == 'Object'")).toBe(false);
  });

  it("gives keys as text and numbers as numbers", () => {
    const key = (source: string) => evaluateKey({ expression: parse(source), scope });
    expect(key("event.data.id")).toBe("x1");
    expect(key("event.data.id + '-' + event.data.n")).toBe("x1-3");
    expect(key("event.data.gone")).toBe("");
    expect(key("event.data.id + event.data.gone")).toBe("");
    const number = (source: string) => evaluateNumber({ expression: parse(source), scope });
    expect(number("event.data.id == 'x1' ? 10 : 0")).toBe(10);
    expect(number("event.data.id == 'x2' ? 10 : -5 + 2")).toBe(-3);
    expect(number("event.data.id")).toBe(0);
  });

  it.each([
    ["event.data.id.startsWith('x')", "functions are not supported"],
    ["size(event.data.list) > 1", "functions are not supported"],
    ["data.id == 1", "only `event` and `async` are known here"],
    ["event.data.n % 2 == 0", '"%" at 12'],
    ["event.data.id ==", "its end"],
    ["(event.data.id == 1", '")" should stand here'],
    ["event.data.id == 1 event", "not supported here"],
    ["event.data.n in [1]", "not supported here"],
    ["'open", "at 0"],
  ])("refuses %s", (source, message) => {
    expect(() => parse(source)).toThrow(EngineError);
    expect(() => parse(source)).toThrow(message);
    expect(() => parse(source)).toThrow("here: ");
  });
});
