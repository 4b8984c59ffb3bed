import { expect, it } from "vitest";
import { groupFindings } from "./group-findings";

it("groups by what they are: errors first, then by number, then by name", () => {
  const finding = (severity: "error" | "warning", code: string, message = code) => ({ severity, code, message });
  const groups = groupFindings({
    findings: [finding("warning", "w_many"), finding("warning", "w_many", "2"), finding("error", "b_error"), finding("error", "a_error"), finding("warning", "shared"), finding("error", "shared")],
  });
  expect(groups.map((group) => [group.severity, group.code, group.findings.length])).toEqual([
    ["error", "a_error", 1],
    ["error", "b_error", 1],
    ["error", "shared", 1],
    ["warning", "w_many", 2],
    ["warning", "shared", 1],
  ]);
});
