/**
 * What the page knows of a build while its stream runs.
 *
 * It starts as the answer of `builds.get` at some event, then takes each frame after it, in order. What is known
 * already is passed over: reconnects and overlaps may send frames again, and lines of a frame that is known in part
 * are cut to what is new. A later answer of `builds.get` (fetched for artifacts and reports) may be older than the
 * frames taken meanwhile: `reconcileBuild` takes it and applies those frames again. It may be newer as well: then
 * events that it knows are passed over when they come, but their lines still go to the log, which only numbers know.
 */
import type { StoredLine } from "~/components/log-viewer/log-store";
import { isFinal } from "~/domain/statuses";
import type { BuildDetail, BuildEventView, DeploymentView, StageView } from "~/server/api/schemas/builds";
import type { BuildFrame, LinesFrame } from "~/server/services/builds/stream-build";

export interface LiveBuild {
  build: BuildDetail;
  /** Everything up to this event is in `build`. */
  lastEventId: number;
  /** Everything up to this event has come by the stream (or was there before it began). */
  streamedTo: number;
  /** What each running stage said last with its progress. */
  messages: Readonly<Record<string, string>>;
  /** Frames since `build` was fetched whole, without their text: to apply again over a newer answer. */
  recent: readonly BuildFrame[];
}

export interface AppliedFrame {
  live: LiveBuild;
  /** New lines, for the log of their stage. */
  lines: { stage: string; lines: StoredLine[] } | null;
  /** A stage or the build ended: artifacts and reports are to be fetched. */
  ended: boolean;
}

export function startLiveBuild({ build }: { build: BuildDetail }): LiveBuild {
  return { build, lastEventId: build.last_event_id, streamedTo: build.last_event_id, messages: {}, recent: [] };
}

/** Takes one frame; answers the very same `live` when the frame is known already. */
export function applyFrame({ live, frame }: { live: LiveBuild; frame: BuildFrame }): AppliedFrame {
  return frame.type === "lines" ? applyLines(live, frame) : applyEvent(live, frame.event);
}

/** Takes a whole answer of `builds.get`, then again the frames it does not know yet. An answer older than the last one changes nothing. */
export function reconcileBuild({ live, fetched }: { live: LiveBuild; fetched: BuildDetail }): LiveBuild {
  if (fetched.build_id !== live.build.build_id) return startLiveBuild({ build: fetched });
  if (fetched.last_event_id < live.build.last_event_id) return live;
  const later = live.recent.filter((frame) => lastIdOf(frame) > fetched.last_event_id);
  let next: LiveBuild = { build: fetched, lastEventId: fetched.last_event_id, streamedTo: fetched.last_event_id, messages: live.messages, recent: [] };
  for (const frame of later) next = applyFrame({ live: next, frame }).live;
  return { ...next, streamedTo: live.streamedTo };
}

function lastIdOf(frame: BuildFrame): number {
  return frame.type === "lines" ? frame.first_event_id + frame.lines.length - 1 : frame.event.id;
}

function applyLines(live: LiveBuild, frame: LinesFrame): AppliedFrame {
  const lastId = lastIdOf(frame);
  const known = Math.max(0, live.streamedTo - frame.first_event_id + 1);
  if (known >= frame.lines.length) return { live, lines: null, ended: false };
  const lines: StoredLine[] = [];
  for (let index = known; index < frame.lines.length; index++) {
    lines.push({ stageLine: frame.first_stage_line + index, stream: frame.stream, createdAt: frame.created_at, message: frame.lines[index] ?? "" });
  }
  const stageLines = frame.first_stage_line + frame.lines.length - 1;
  const buildLines = frame.first_line + frame.lines.length - 1;
  const build: BuildDetail = {
    ...live.build,
    log: { ...live.build.log, lines: Math.max(live.build.log.lines, buildLines) },
    stages: live.build.stages.map((stage) => (stage.key === frame.stage && stage.log_lines < stageLines ? { ...stage, log_lines: stageLines } : stage)),
  };
  return { live: { ...live, build, lastEventId: Math.max(live.lastEventId, lastId), streamedTo: lastId, recent: rememberLines(live.recent, frame) }, lines: { stage: frame.stage, lines }, ended: false };
}

/** Only the newest count of each stage matters afterwards: a long log must not pile up here. */
function rememberLines(recent: readonly BuildFrame[], frame: LinesFrame): BuildFrame[] {
  const last = frame.lines.length - 1;
  const mark: LinesFrame = {
    ...frame,
    first_line: frame.first_line + last,
    first_stage_line: frame.first_stage_line + last,
    first_event_id: frame.first_event_id + last,
    lines: [""],
  };
  return [...recent.filter((other) => other.type !== "lines" || other.stage !== frame.stage), mark];
}

function applyEvent(live: LiveBuild, event: BuildEventView): AppliedFrame {
  const streamedTo = Math.max(live.streamedTo, event.id);
  if (event.id <= live.lastEventId) return { live: streamedTo === live.streamedTo ? live : { ...live, streamedTo }, lines: null, ended: false };
  const build = event.type === "build.completed" ? completeBuild(live.build, event) : event.type === "build.step" ? stepBuild(live.build, event) : live.build;
  const messages = { ...live.messages };
  if (event.step !== undefined) {
    if (event.status !== undefined && isFinal(event.status)) delete messages[event.step];
    else if (event.message !== undefined) messages[event.step] = event.message;
  }
  const next: LiveBuild = {
    build: { ...build, events: build.events.some((known) => known.id === event.id) ? build.events : [...build.events, event] },
    lastEventId: event.id,
    streamedTo,
    messages,
    recent: [...live.recent, { type: "event", event }],
  };
  return { live: next, lines: null, ended: event.status !== undefined && isFinal(event.status) };
}

function completeBuild(build: BuildDetail, event: BuildEventView): BuildDetail {
  const status = event.status === undefined || event.status === "skipped" ? build.status : event.status;
  const failedStage = build.stages.find((stage) => stage.status === "failed");
  return {
    ...build,
    status,
    cancelling: false,
    queue: null,
    completed_at: event.created,
    duration_ms: build.started_at === null ? build.duration_ms : elapsed(build.started_at, event.created),
    error: typeof event.error_message === "string" ? { stage: build.error?.stage ?? failedStage?.key ?? null, code: event.error_code ?? "failed", message: event.error_message } : build.error,
    log: { ...build.log, complete: true },
  };
}

function stepBuild(build: BuildDetail, event: BuildEventView): BuildDetail {
  const begun = build.status === "pending" && event.status !== undefined && event.status !== "pending";
  return {
    ...build,
    // A request to cancel is told as a message of the stage that runs.
    cancelling: build.cancelling || (event.status === "building" && event.message === "Cancelling"),
    status: begun ? "building" : build.status,
    started_at: begun ? (build.started_at ?? event.created) : build.started_at,
    queue_wait_ms: begun ? (build.queue_wait_ms ?? elapsed(build.created_at, event.created)) : build.queue_wait_ms,
    queue: begun ? null : build.queue,
    stages: build.stages.map((stage) => (stage.key === event.step ? stepStage(stage, event) : stage)),
    deployments: event.deployment === undefined ? build.deployments : takeLane(build.deployments, event.deployment),
  };
}

/** By chain, as `builds.get` orders them. */
function takeLane(lanes: readonly DeploymentView[], lane: DeploymentView): DeploymentView[] {
  return [...lanes.filter((other) => other.chain_id !== lane.chain_id), lane].sort((a, b) => a.chain_id - b.chain_id);
}

function stepStage(stage: StageView, event: BuildEventView): StageView {
  const status = event.status ?? stage.status;
  const next: StageView = { ...stage, status, progress: event.progress ?? stage.progress };
  if (status === "building" && stage.status !== "building") return { ...next, started_at: event.created, completed_at: null, duration_ms: null, error: null };
  if (!isFinal(status) || isFinal(stage.status)) return next;
  return {
    ...next,
    progress: event.progress ?? (status === "successful" ? 100 : stage.progress),
    completed_at: event.created,
    duration_ms: stage.started_at === null ? stage.duration_ms : elapsed(stage.started_at, event.created),
    reason: event.message ?? stage.reason,
    error: typeof event.error_message === "string" ? { code: event.error_code ?? "failed", message: event.error_message, location: null, log_line: null } : stage.error,
  };
}

function elapsed(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from));
}
