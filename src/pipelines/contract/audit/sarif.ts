/** `audit.sarif`: the last round as SARIF 2.1.0, for code hosts and editors. */
import type { AuditReport, Severity } from "./report";
import { AUDIT_RULES } from "./rules";

const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = { critical: "error", high: "error", medium: "warning", low: "note", informational: "note" };
/** As code hosts read them, from 0 to 10. */
const SCORES: Readonly<Record<Severity, string>> = { critical: "9.5", high: "8.0", medium: "5.5", low: "3.0", informational: "0.0" };

export function writeSarif({ report }: { report: AuditReport }): string {
  const round = report.rounds.at(-1);
  const findings = round?.findings ?? [];
  const used = AUDIT_RULES.filter((rule) => findings.some((finding) => finding.rule === rule.id));
  const tools = (round?.analyzers ?? []).filter((run) => run.version !== null);
  return JSON.stringify(
    {
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          // What the compiler counts in bytes was turned into these.
          columnKind: "utf16CodeUnits",
          tool: {
            driver: {
              name: "Slipway",
              rules: used.map((rule) => ({
                id: rule.id,
                shortDescription: { text: rule.title },
                help: { text: rule.advice },
                defaultConfiguration: { level: LEVELS[rule.severity] },
                properties: { "security-severity": SCORES[rule.severity], tags: ["security"] },
              })),
            },
            extensions: tools.map(({ name, version: toolVersion }) => ({ name, version: toolVersion ?? undefined })),
          },
          invocations: [
            {
              executionSuccessful: (round?.analyzers ?? []).every((run) => run.status === "ran"),
              toolExecutionNotifications: (round?.analyzers ?? []).filter((run) => run.status !== "ran").map((run) => ({ level: "error", message: { text: `${run.name}: ${run.status}. ${run.detail}` } })),
            },
          ],
          results: findings.map((finding) => ({
            ruleId: finding.rule,
            ruleIndex: used.findIndex((rule) => rule.id === finding.rule),
            level: LEVELS[finding.severity],
            message: { text: `${finding.message} ${finding.advice}` },
            locations: [{ physicalLocation: { artifactLocation: { uri: finding.file.split("/").map(encodeURIComponent).join("/") }, region: { startLine: finding.line, startColumn: finding.column, endLine: finding.end_line } } }],
            partialFingerprints: { "slipway/v1": finding.id },
            properties: { severity: finding.severity, confidence: finding.confidence, analyzers: finding.analyzers },
          })),
        },
      ],
    },
    null,
    2,
  );
}
