import type { StageView } from "~/server/api/schemas/builds";

type Finding = NonNullable<StageView["report"]>["findings"][number];

export interface FindingGroup {
  severity: "error" | "warning";
  code: string;
  findings: Finding[];
}

/** Findings by what they are; errors first, then the larger group, then by name. */
export function groupFindings({ findings }: { findings: readonly Finding[] }): FindingGroup[] {
  const groups = new Map<string, FindingGroup>();
  for (const finding of findings) {
    const key = `${finding.severity}:${finding.code}`;
    const group = groups.get(key) ?? { severity: finding.severity, code: finding.code, findings: [] };
    group.findings.push(finding);
    groups.set(key, group);
  }
  return [...groups.values()].sort(
    (a, b) => Number(b.severity === "error") - Number(a.severity === "error") || b.findings.length - a.findings.length || a.code.localeCompare(b.code),
  );
}
