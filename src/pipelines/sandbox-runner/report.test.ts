import { describe, expect, it } from "vitest";
import type { Finding } from "../define";
import { describeGroups, makeReport, showPlace } from "./report";

const warning = (code: string, message: string): Finding => ({ severity: "warning", code, message, subject: "index" });

describe("makeReport", () => {
  it("keeps 500 findings, errors first, and counts all", () => {
    const findings: Finding[] = [...Array.from({ length: 600 }, (_, index) => warning("w", String(index))), { severity: "error", code: "e", message: "last" }];
    const report = makeReport({ findings, facts: {} });
    expect(report).toMatchObject({ errorCount: 1, warningCount: 600 });
    expect(report.findings).toHaveLength(500);
    expect(report.findings[0]).toMatchObject({ code: "e" });
  });

  it("takes the counts of whoever left findings out", () => {
    expect(makeReport({ findings: [], facts: {}, counts: { errors: 3, warnings: 4000 } })).toMatchObject({ errorCount: 3, warningCount: 4000 });
  });
});

describe("describeGroups", () => {
  it("prints a group once with its count, errors first, and three examples", () => {
    const findings = [...["a", "b", "c", "d", "e"].map((message) => warning("pin_missing", message)), { severity: "error" as const, code: "trace_error", message: "crossing" }];
    expect(describeGroups(findings)).toEqual([
      "\u001b[31merror trace_error\u001b[0m",
      "    crossing",
      "\u001b[33mwarning pin_missing × 5\u001b[0m",
      "    index: a",
      "    index: b",
      "    index: c",
      "    … and 2 more",
    ]);
  });
});

describe("showPlace", () => {
  const file = { path: "a.ts", sha256: "", size: 3, read: async () => new TextEncoder().encode("const a = 1\n") };

  it("adds the excerpt, plain for the record and coloured for the log", async () => {
    const shown = await showPlace({ place: { file: "a.ts", line: 1, column: 7 }, files: [file] });
    expect(shown.location).toEqual({ file: "a.ts", line: 1, column: 7, excerpt: "> 1 | const a = 1\n    |       ^\n  2 |" });
    expect(shown.lines.join("\n")).toContain("\u001b[31m");
  });

  it("still tells the place when the file is not there", async () => {
    expect(await showPlace({ place: { file: "b.ts", line: 1, column: 1 }, files: [file] })).toEqual({ location: { file: "b.ts", line: 1, column: 1 }, lines: [] });
  });
});
