import { describe, expect, it } from "vitest";
import { chooseRequestId, isSameOrigin } from "./create-api-context";

describe("the same origin", () => {
  it.each([
    ["https://slipway.example", "10.0.0.5:3000", true],
    ["http://10.0.0.5:3000", "10.0.0.5:3000", true],
    ["http://LOCALHOST:3000", "localhost:3000", true],
    ["http://slipway.example", "10.0.0.5:3000", false],
    ["http://slipway.example", "slipway.example", false],
    ["http://slipway.example:3000", "slipway.example:3000", false],
    ["https://slipway.example.evil.org", "10.0.0.5:3000", false],
    ["https://evil.org", "10.0.0.5:3000", false],
    ["http://10.0.0.5:3001", "10.0.0.5:3000", false],
    ["null", "null", false],
    [null, "10.0.0.5:3000", false],
  ])("of %s asking %s", (origin, host, same) => {
    expect(isSameOrigin({ origin, host, publicUrl: "https://slipway.example" })).toBe(same);
  });
});

describe("the request's id", () => {
  it("is the caller's when it is a sane token", () => {
    expect(chooseRequestId("ci.run-7_a")).toBe("ci.run-7_a");
    for (const sent of [null, undefined, "", "a b", "a\nb", "é", "x".repeat(129)]) expect(chooseRequestId(sent)).toMatch(/^req_[0-9A-Z]{26}$/);
  });
});
