import { Badge, type BadgeTone } from "~/components/ui/badge";
import type { Severity } from "~/pipelines/contract/audit/report";

const TONES: Record<Severity, BadgeTone> = { critical: "failed", high: "failed", medium: "stale", low: "outline", informational: "neutral" };

export function SeverityBadge({ severity }: { severity: Severity }) {
  return <Badge tone={TONES[severity]}>{severity}</Badge>;
}
