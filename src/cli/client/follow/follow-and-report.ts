/** Follows a build on the terminal until it is over, and says how it ended. */
import { z } from "zod";
import { nameOf } from "../build-reference";
import { CommandError, EXIT, type ExitCode } from "../command-error";
import { formatDuration } from "../output/format";
import { cleanText } from "../output/clean-text";
import { paintStatus } from "../output/paint";
import type { Session } from "../session";
import { buildAnswer, type BuildAnswer } from "../answers";
import { createEventPrinter } from "./print-event";
import { followBuild } from "./follow-build";
import { exitCodeOf, watchInterrupt } from "./interrupt";

export interface FollowAndReportOptions {
  session: Session;
  build: { build_id: string; package: string; number: number };
  /** Empty: all. */
  onlyStages?: readonly string[];
}

/** How long a server may be away when all that is asked for is a look at the build, ms. */
const PATIENCE_MS = 90_000;

/** The exit code is the build's. With `--json` each event is a line of stdout as it came. */
export async function followAndReport(options: FollowAndReportOptions): Promise<ExitCode> {
  const { session, build, onlyStages = [] } = options;
  const { api, terminal, json } = session;
  const { stages } = await readBuild({ session, buildId: build.build_id });
  checkStages({ onlyStages, known: stages.map((stage) => stage.key) });
  const printer = createEventPrinter({ terminal, stages: stages.map((stage) => stage.key), onlyStages });
  const interrupt = watchInterrupt();
  try {
    for await (const event of followBuild({ api, buildId: build.build_id, note: terminal.note, signal: interrupt.signal })) {
      if (!json) printer.print(event);
      else if (onlyStages.length === 0 || event.step === undefined || onlyStages.includes(event.step)) terminal.printJson(event);
      if (event.type !== "build.completed") continue;
      const status = event.status ?? "failed";
      // How it ended is known; that no more can be told about it does not change the exit code.
      if (!json) await reportEnd({ session, buildId: build.build_id, status }).catch(() => terminal.note(`${nameOf(build)} ${paintStatus(terminal.notePaint, status)}`));
      return exitCodeOf(status);
    }
  } finally {
    interrupt.release();
  }
  terminal.note(`\nStopped following. The build goes on.\n  follow it again  slipway logs -f ${nameOf(build)}\n  cancel it        slipway cancel ${nameOf(build)}`);
  return EXIT.interrupted;
}

export function checkStages(options: { onlyStages: readonly string[]; known: readonly string[] }): void {
  const unknown = options.onlyStages.find((stage) => !options.known.includes(stage));
  if (unknown === undefined) return;
  throw new CommandError(`"${unknown}" is not a stage of this build.`, { exitCode: EXIT.usage, code: "usage", fix: `Use any of: ${options.known.join(", ")}` });
}

async function reportEnd(options: { session: Session; buildId: string; status: string }): Promise<void> {
  const { terminal } = options.session;
  const build = await readBuild(options);
  const took = build.duration_ms === null ? "" : ` in ${formatDuration(build.duration_ms)}`;
  if (build.error !== null) terminal.note(terminal.notePaint("red", cleanText(build.error.message, { colours: false })));
  const cached = build.stages.filter((stage) => stage.cached === true).length;
  terminal.note(`${terminal.notePaint("bold", nameOf(build))} ${paintStatus(terminal.notePaint, options.status)}${took}${cached === 0 ? "" : `, ${cached} of ${build.stages.length} stages reused`}`);
  const artifacts = artifactCount.safeParse(build).data?.artifacts.length ?? 0;
  if (artifacts > 0) terminal.note(`What it made: slipway artifacts get ${nameOf(build)} -o out`);
}

const artifactCount = z.object({ artifacts: z.array(z.unknown()) });

function readBuild(options: { session: Session; buildId: string }): Promise<BuildAnswer> {
  return options.session.api.get(`/api/v1/builds/${options.buildId}`, { schema: buildAnswer, patienceMs: PATIENCE_MS });
}
