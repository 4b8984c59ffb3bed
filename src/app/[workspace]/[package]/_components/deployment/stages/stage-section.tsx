"use client";

import { useImperativeHandle, useRef, useState, type Ref } from "react";
import { LogViewer, type LogViewerHandle } from "~/components/log-viewer/log-viewer";
import type { LineRange, LogStore } from "~/components/log-viewer/log-store";
import { CachedBadge } from "~/components/status/cached-badge";
import { StaleBadge } from "~/components/status/stale-badge";
import { StatusIcon } from "~/components/status/status-icon";
import { STATUS_WORDS } from "~/components/status/status-words";
import { TickingDuration } from "~/components/time/ticking-duration";
import { isFinal } from "~/domain/statuses";
import type { StageView } from "~/server/api/schemas/builds";
import { ReasonText } from "../reason-text";
import { useBuildLogSource } from "../live/use-build-log-source";
import { CollapsibleSection } from "./collapsible-section";
import { StageError } from "./stage-error";
import { StageFindings } from "./stage-findings";

export interface StageSectionHandle {
  isOpen(): boolean;
  /** Opens the section and brings its error into sight; false when it has none. */
  goToError(): boolean;
  focusSearch(): void;
  goToMatch(direction: 1 | -1): boolean;
}

export interface StageSectionProps {
  buildId: string;
  /** Begins the name of the downloaded log. */
  fileStem: string;
  stage: StageView;
  /** What it said last with its progress. */
  message: string | undefined;
  log: LogStore;
  picked: LineRange | null;
  onPick: (range: LineRange) => void;
  onEditFile: ((place: { file: string; line?: number }) => void) | null;
  ref: Ref<StageSectionHandle>;
}

/** One stage: open on failure, while it runs, and when the address names one of its lines; else as the reader left it. */
export function StageSection({ buildId, fileStem, stage, message, log, picked, onPick, onEditFile, ref }: StageSectionProps) {
  const [chosen, setChosen] = useState<boolean | null>(null);
  const open = chosen ?? (picked !== null || stage.status === "failed" || stage.status === "building");
  const viewer = useRef<LogViewerHandle>(null);
  const section = `stage-${stage.key}`;
  const source = useBuildLogSource({ buildId, stage: stage.key, fileName: `${fileStem}-${stage.key}.log` });

  const reveal = () => {
    setChosen(true);
    document.getElementById(section)?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  };
  const keepOpen = () => setChosen(true);
  const errorLine = stage.error?.log_line ?? null;
  useImperativeHandle(ref, () => ({
    isOpen: () => open,
    goToError() {
      if (stage.error === null) return false;
      reveal();
      viewer.current?.goToError();
      return true;
    },
    focusSearch() {
      reveal();
      // The viewer exists only after the section has opened.
      requestAnimationFrame(() => viewer.current?.focusSearch());
    },
    goToMatch: (direction) => viewer.current?.goToMatch(direction) ?? false,
  }));

  const state = stage.status === "pending" ? "waiting" : isFinal(stage.status) ? "ended" : "running";
  return (
    <CollapsibleSection
      id={section}
      open={open}
      onOpenChange={setChosen}
      tone={stage.status === "failed" ? "failed" : "default"}
      summary={
        <>
          <StatusIcon decorative status={stage.status} />
          <span className="font-medium">{stage.title}</span>
          <span className="sr-only">{STATUS_WORDS[stage.status]}</span>
          {stage.cached ? <CachedBadge reason={stage.reason} /> : null}
          {stage.is_stale ? <StaleBadge reason={stage.stale_reason} /> : null}
          {stage.attempt > 1 ? <span className="text-xs text-muted">attempt {stage.attempt}</span> : null}
          <Progress stage={stage} message={message} />
        </>
      }
      line={<ClosedLine stage={stage} />}
      aside={
        <>
          {stage.log_lines > 0 ? <span className="max-sm:hidden">{stage.log_lines.toLocaleString("en")} {stage.log_lines === 1 ? "line" : "lines"}</span> : null}
          {/* What was skipped took no time: the moments until that was known tell nothing. */}
          {stage.status === "skipped" ? null : <TickingDuration startedAt={stage.started_at} durationMs={stage.duration_ms} />}
        </>
      }
    >
      {stage.error === null ? null : <StageError error={stage.error} onEditFile={onEditFile} onShowInLog={errorLine === null ? null : () => viewer.current?.goToError()} />}
      <Reasons stage={stage} />
      {stage.report === null ? null : <StageFindings report={stage.report} />}
      {stage.status === "skipped" && stage.log_lines === 0 ? null : (
        // A log that someone works in is not taken away when its stage ends.
        <div onPointerDown={keepOpen} onWheel={keepOpen} onKeyDown={keepOpen}>
          <LogViewer ref={viewer} stage={stage.key} title={stage.title} store={log} source={source} state={state} errorLine={errorLine} picked={picked} onPick={onPick} />
        </div>
      )}
    </CollapsibleSection>
  );
}

function Progress({ stage, message }: { stage: StageView; message: string | undefined }) {
  if (stage.status !== "building") return null;
  return (
    <span className="flex min-w-0 items-center gap-2 text-xs text-muted tabular-nums">
      {stage.progress > 0 ? `${stage.progress}%` : null}
      {message === undefined ? null : <span className="truncate">{message}</span>}
    </span>
  );
}

function ClosedLine({ stage }: { stage: StageView }) {
  if (stage.error !== null) return <span className="truncate text-xs text-failed">{stage.error.message}</span>;
  if (stage.status === "skipped" && stage.reason !== null) return <span className="truncate text-xs text-muted"><ReasonText text={stage.reason} /></span>;
  if (stage.is_stale && stage.stale_reason !== null) return <span className="truncate text-xs text-stale"><ReasonText text={stage.stale_reason} /></span>;
  if (stage.cached && stage.reason !== null) return <span className="truncate text-xs text-muted"><ReasonText text={stage.reason} /></span>;
  const { errorCount = 0, warningCount = 0 } = stage.report ?? {};
  if (errorCount + warningCount === 0) return null;
  return <span className="text-xs text-muted">{[count(errorCount, "error"), count(warningCount, "warning")].filter(Boolean).join(", ")}</span>;
}

function count(number: number, word: string): string {
  return number === 0 ? "" : `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
}

function Reasons({ stage }: { stage: StageView }) {
  const stale = stage.is_stale ? stage.stale_reason : null;
  if (stage.reason === null && stale === null) return null;
  return (
    <div className="flex flex-col gap-0.5 border-b px-4 py-2 text-xs">
      {stage.reason === null ? null : <p className="text-muted"><ReasonText text={stage.reason} /></p>}
      {stale === null ? null : <p className="text-stale"><ReasonText text={stale} /></p>}
    </div>
  );
}
