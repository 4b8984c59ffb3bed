import { describe, expect, it } from "vitest";
import { matchesShown } from "../../support/shown-output";

describe("what a page shows", () => {
  it("is held against JSON, part by part", () => {
    const output = '{"id":"build_1","status":"successful","stages":[{"key":"a","n":1}],"count":2}';
    const check = (shown: string) => matchesShown({ shown, language: "json", output });
    expect(check('{"id":"build_…","stages":[{"key":"a"}],"count":"…"}')).toBe(true);
    expect(check('{"id":"rel_…"}')).toBe(false);
    expect(check('{"missing":"…"}')).toBe(false);
    expect(check('{"stages":[{"key":"b"}]}')).toBe(false);
    expect(check('{"count":3}')).toBe(false);
    expect(matchesShown({ shown: "{}", language: "json", output: "no json" })).toBe(false);
  });

  it("is held against text, line by line, in order", () => {
    const output = "HTTP/1.1 200 OK\nDate: x\nX-Request-Id: abc\n{}";
    const check = (shown: string) => matchesShown({ shown, language: "text", output });
    expect(check("HTTP/1.1 200 OK\nX-Request-Id: …\n")).toBe(true);
    expect(check("X-Request-Id: …\nHTTP/1.1 200 OK\n")).toBe(false);
    expect(check("HTTP/1.1 200\n")).toBe(false);
  });
});
