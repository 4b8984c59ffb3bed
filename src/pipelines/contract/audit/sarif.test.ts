import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv-2020/dist/ajv.js";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { AuditReport } from "./report";
import { writeSarif } from "./sarif";

/** The published schema. Of draft 4 it uses nothing that draft 7 reads otherwise, except the name of its `id`. */
function openOfficialSchema() {
  const file = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  const { id, $schema: _draft, ...schema } = z.looseObject({ id: z.string(), $schema: z.literal("http://json-schema.org/draft-04/schema#") }).parse(JSON.parse(readFileSync(file, "utf8")));
  const isReference = (value: string) => URL.canParse(value, "https://example.com/") && !/[\s<>"\\^`{|}]/.test(value);
  const ajv = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true, formats: { uri: (value: string) => URL.canParse(value), "uri-reference": isReference, "date-time": (value: string) => z.iso.datetime({ offset: true }).safeParse(value).success } });
  return ajv.compile({ ...schema, $id: id });
}

/** What the parts that are used demand more closely; nothing else may be there. */
const text = z.strictObject({ text: z.string().min(1) });
const level = z.enum(["none", "note", "warning", "error"]);
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z.array(
    z.strictObject({
      columnKind: z.literal("utf16CodeUnits"),
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
  const validate = openOfficialSchema();

  it.each([
    ["findings and an analyzer that did not run", report],
    ["nothing found", { ...report, passed: true, rounds: report.rounds.map((round) => ({ ...round, findings: [], analyzers: [] })) }],
    ["two rounds", { ...report, rounds: [...report.rounds, ...report.rounds.map((round) => ({ ...round, round: 2 }))], compared: { fixed: [], remaining: [], introduced: [] } }],
  ])("is valid by the standard's own schema: %s", (_name, one: AuditReport) => {
    validate(JSON.parse(writeSarif({ report: one })));
    expect(validate.errors ?? []).toEqual([]);
  });

  it("is judged by a schema that knows what is wrong", () => {
    const written = writeSarif({ report });
    for (const wrong of [written.replace('"level": "error"', '"level": "critical"'), written.replace('"startLine": 3', '"startLine": 0'), written.replace("My%20bank", "My bank"), written.replace('"ruleId"', '"rule_id"')]) {
      expect(wrong).not.toBe(written);
      expect(validate(JSON.parse(wrong))).toBe(false);
    }
  });

  it("writes what the standard demands, with the rule, the place and who did not run", () => {
    const log = sarif.parse(JSON.parse(writeSarif({ report })));
    const [run] = log.runs;
    expect(run?.results).toMatchObject([{ ruleId: "tx-origin", level: "error", locations: [{ physicalLocation: { artifactLocation: { uri: "contracts/My%20bank.sol" }, region: { startLine: 3, startColumn: 5, endLine: 4 } } }] }]);
    expect(run?.tool.driver.rules[run.results[0]?.ruleIndex ?? -1]?.id).toBe("tx-origin");
    expect(run?.invocations).toMatchObject([{ executionSuccessful: false, toolExecutionNotifications: [{ level: "error", message: { text: expect.stringContaining("forge") } }] }]);
  });
});
