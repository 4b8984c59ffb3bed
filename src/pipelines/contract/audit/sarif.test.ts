import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { AuditReport } from "./report";
import { writeSarif } from "./sarif";

/** What SARIF 2.1.0 demands of the parts that are used; nothing else may be there. */
const text = z.strictObject({ text: z.string().min(1) });
const level = z.enum(["none", "note", "warning", "error"]);
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z.array(
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({ name: z.string(), rules: z.array(z.strictObject({ id: z.string(), shortDescription: text, help: text, defaultConfiguration: z.strictObject({ level }), properties: z.record(z.string(), z.unknown()) })) }),
        extensions: z.array(z.strictObject({ name: z.string(), version: z.string() })),
      }),
      invocations: z.array(z.strictObject({ executionSuccessful: z.boolean(), toolExecutionNotifications: z.array(z.strictObject({ level, message: text })) })),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int().min(0),
          level,
          message: text,
          locations: z.array(z.strictObject({ physicalLocation: z.strictObject({ artifactLocation: z.strictObject({ uri: z.string().regex(/^[^ #?]+$/) }), region: z.strictObject({ startLine: z.int().min(1), startColumn: z.int().min(1), endLine: z.int().min(1) }) }) })),
          partialFingerprints: z.record(z.string(), z.string()),
          properties: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  ),
});

const report: AuditReport = {
  policy: { fail_on: "high", required: ["slither"] },
  passed: false,
  rounds: [
    {
      round: 1,
      fixes: [],
      analyzers: [
        { name: "slither", version: "0.11.6", status: "ran", detail: "", ms: 1, findings: 1 },
        { name: "forge", version: null, status: "missing", detail: "not installed", ms: 0, findings: 0 },
      ],
      findings: [{ id: "0123456789abcdef", rule: "tx-origin", severity: "high", confidence: "high", title: "t", message: "m.", advice: "a.", file: "contracts/My bank.sol", line: 3, end_line: 4, column: 5, excerpt: "", analyzers: ["slither"] }],
      counts: { critical: 0, high: 1, medium: 0, low: 0, informational: 0 },
      ignored: 0,
    },
  ],
  compared: null,
};

describe("writeSarif", () => {
  it("writes what the standard demands, with the rule, the place and who did not run", () => {
    const log = sarif.parse(JSON.parse(writeSarif({ report })));
    const [run] = log.runs;
    expect(run?.results).toMatchObject([{ ruleId: "tx-origin", level: "error", locations: [{ physicalLocation: { artifactLocation: { uri: "contracts/My%20bank.sol" }, region: { startLine: 3, startColumn: 5, endLine: 4 } } }] }]);
    expect(run?.tool.driver.rules[run.results[0]?.ruleIndex ?? -1]?.id).toBe("tx-origin");
    expect(run?.invocations).toMatchObject([{ executionSuccessful: false, toolExecutionNotifications: [{ level: "error", message: { text: expect.stringContaining("forge") } }] }]);
  });
});
