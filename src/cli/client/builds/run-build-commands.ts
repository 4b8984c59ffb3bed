/** `slipway logs`, `cancel`, `rebuild` and `deploy`. */
import { randomUUID } from "node:crypto";
import { cancelledAnswer, createdBuildAnswer, logsAnswer, type BuildAnswer } from "../answers";
import { findBuild, nameOf } from "../build-reference";
import { EXIT, type ExitCode } from "../command-error";
import { checkStages, followAndReport } from "../follow/follow-and-report";
import { startBuild } from "../follow/interrupt";
import { createEventPrinter } from "../follow/print-event";
import { formatDuration } from "../output/format";
import type { ServerFlags } from "../server-flags";
import { requireToken, type Session } from "../session";

export interface LogsFlags extends ServerFlags {
  follow?: true;
  stage?: string[];
}

export interface RebuildFlags extends ServerFlags {
  mode: "stale" | "failed" | "all";
  stage?: string[];
  follow: boolean;
}

export interface DeployFlags extends ServerFlags {
  chain: number[];
  confirmMainnet?: number[];
  follow: boolean;
}

const PAGE = "1000";
/** The server itself waits for the confirmation for 40 s. */
const CANCEL_MS = 60_000;
const PATIENCE_MS = 90_000;

export async function runLogs(options: { session: Session; reference: string; flags: LogsFlags }): Promise<ExitCode> {
  const { session, reference, flags } = options;
  const build = await findBuild({ api: session.api, reference });
  if (flags.follow === true) return followAndReport({ session, build, onlyStages: flags.stage });
  await printLog({ session, build, stages: flags.stage ?? [] });
  return EXIT.ok;
}

/** What there is by now. A single stage's log is asked for alone. */
async function printLog(options: { session: Session; build: BuildAnswer; stages: readonly string[] }): Promise<void> {
  const { session, build, stages } = options;
  const { api, terminal, json } = session;
  const known = build.stages.map((stage) => stage.key);
  checkStages({ onlyStages: stages, known });
  const printer = createEventPrinter({ terminal, stages: known, onlyStages: stages });
  for (let after: number | null = 0; after !== null; ) {
    const query = { after_id: String(after), limit: PAGE, stage: stages.length === 1 ? stages[0] : undefined };
    const page: { logs: readonly { id: number; stage: string; stream: string; message: string }[]; next_after_id: number | null } = await api.get(`/api/v1/builds/${build.build_id}/logs`, { schema: logsAnswer, query });
    for (const line of page.logs) {
      if (!json) printer.print({ object: "build.event", id: line.id, type: "build.log", step: line.stage, stream: line.stream, message: line.message });
      else if (stages.length === 0 || stages.includes(line.stage)) terminal.printJson(line);
    }
    after = page.logs.length === 0 || page.next_after_id === after ? null : page.next_after_id;
  }
}

export async function runCancel(options: { session: Session; reference: string }): Promise<ExitCode> {
  const { session, reference } = options;
  requireToken(session);
  const { api, terminal } = session;
  const build = await findBuild({ api, reference });
  const answer = await api.post(`/api/v1/builds/${build.build_id}/cancel`, { schema: cancelledAnswer, idleMs: CANCEL_MS });
  if (session.json) terminal.printJson(answer);
  else terminal.print(`Cancelled ${nameOf(build)} in ${formatDuration(answer.cancelled_in_ms)}: nothing of it runs any more.`);
  return EXIT.ok;
}

export async function runRebuild(options: { session: Session; reference: string; flags: RebuildFlags }): Promise<ExitCode> {
  const { session, reference, flags } = options;
  requireToken(session);
  const old = await findBuild({ api: session.api, reference });
  if (flags.stage !== undefined) checkStages({ onlyStages: flags.stage, known: old.stages.map((stage) => stage.key) });
  const body = { mode: flags.mode, ...(flags.stage === undefined ? {} : { stages: flags.stage }) };
  return startAgain({ session, old, action: "rebuild", body, follow: flags.follow, told: `Building the release of ${nameOf(old)} again` });
}

export async function runDeploy(options: { session: Session; reference: string; flags: DeployFlags }): Promise<ExitCode> {
  const { session, reference, flags } = options;
  requireToken(session);
  const old = await findBuild({ api: session.api, reference });
  const body = { chain_ids: flags.chain, ...(flags.confirmMainnet === undefined ? {} : { confirm_mainnet: flags.confirmMainnet }) };
  return startAgain({ session, old, action: "deploy", body, follow: flags.follow, told: `Deploying the contract of ${nameOf(old)} to ${flags.chain.join(", ")}` });
}

/** A new build of the release that `old` built. */
async function startAgain(options: { session: Session; old: BuildAnswer; action: "rebuild" | "deploy"; body: Record<string, unknown>; follow: boolean; told: string }): Promise<ExitCode> {
  const { session, old, action, body, follow, told } = options;
  const { api, terminal } = session;
  const send = (signal: AbortSignal) => api.post(`/api/v1/builds/${old.build_id}/${action}`, { schema: createdBuildAnswer, body, idempotencyKey: randomUUID(), patienceMs: PATIENCE_MS, signal });
  const build = await startBuild({ package: old.package, send });
  terminal.note(`${told} as ${terminal.notePaint("bold", nameOf(build))}\n${api.server}${build.links.html}`);
  if (session.json) terminal.printJson({ object: "build", ...build });
  else if (!follow) terminal.print(nameOf(build));
  return follow ? followAndReport({ session, build }) : EXIT.ok;
}
