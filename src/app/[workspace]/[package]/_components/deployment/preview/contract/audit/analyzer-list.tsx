import { CircleCheck, CircleDashed, CircleX, ClockAlert, type LucideIcon } from "lucide-react";
import { formatDuration } from "~/components/time/format-duration";
import { Badge } from "~/components/ui/badge";
import { cn } from "~/components/ui/class-names";
import type { AnalyzerName, AnalyzerRun } from "~/pipelines/contract/audit/report";

const STATES: Record<AnalyzerRun["status"], { icon: LucideIcon; word: string; tone: string }> = {
  ran: { icon: CircleCheck, word: "ran", tone: "text-successful" },
  missing: { icon: CircleDashed, word: "not installed here", tone: "text-skipped" },
  crashed: { icon: CircleX, word: "crashed", tone: "text-failed" },
  timed_out: { icon: ClockAlert, word: "took too long", tone: "text-failed" },
};

/** Who looked at it, and who did not and why: silence of an analyzer that did not run means nothing. */
export function AnalyzerList({ analyzers, required }: { analyzers: readonly AnalyzerRun[]; required: readonly AnalyzerName[] }) {
  return (
    <section aria-label="Analyzers" className="border-b px-4 py-2">
      <ul className="flex flex-col gap-1.5">
        {analyzers.map((run) => {
          const { icon: Icon, word, tone: usual } = STATES[run.status];
          // One that has to run and is not there fails the audit as a crash does.
          const tone = run.status === "missing" && required.includes(run.name) ? "text-failed" : usual;
          return (
            <li key={run.name} className="flex flex-col text-sm">
              <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
                <Icon aria-hidden className={cn("size-3.5 shrink-0", tone)} />
                <span className="font-medium">{run.name}</span>
                {run.version === null ? null : <span className="font-mono text-xs text-muted">{run.version}</span>}
                <span className={cn("text-xs", run.status === "ran" ? "text-muted" : tone)}>{word}</span>
                {required.includes(run.name) ? <Badge tone="outline">required</Badge> : null}
                {run.status === "ran" ? <span className="ml-auto text-xs text-muted tabular-nums">{run.findings} {run.findings === 1 ? "finding" : "findings"} · {formatDuration(run.ms)}</span> : null}
              </div>
              {run.detail === "" ? null : <p className="pl-5.5 text-xs break-words text-muted">{run.detail}</p>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
