/** The boards that `circuit_json_build` left, and running a script of the toolchain over them. */
import type { z } from "zod";
import { LIMIT_PRESETS } from "~/executors/limits";
import type { CollectedFile } from "~/executors/types";
import type { NeededStage, StageArtifact, StageContext, StageFailure } from "../define";
import { runRunner } from "~/pipelines/sandbox-runner/run-runner";
import type { SandboxToolchain } from "~/pipelines/sandbox-runner/toolchain";

export interface BoardArtifact {
  name: string;
  circuitJson: StageArtifact;
}

const CIRCUIT_JSON = /^boards\/([^/]+)\/circuit\.json$/;

export function readBoards(stage: NeededStage | undefined): BoardArtifact[] {
  return (stage?.artifacts ?? []).flatMap((artifact) => {
    const name = CIRCUIT_JSON.exec(artifact.name)?.[1];
    return name === undefined ? [] : [{ name, circuitJson: artifact }];
  });
}

type BoardOutput = { name: string; mediaType: string };

export type BoardRunnerAnswer<Result> =
  | { ok: true; result: Result; pick(outputs: readonly BoardOutput[]): (BoardOutput & { file: CollectedFile })[] }
  | { ok: false; error: StageFailure };

/** Hands each board to the runner as `/in/files/<number>.json`. Several boards get the time of several. */
export async function runBoardRunner<Schema extends z.ZodType>(options: {
  context: StageContext<unknown>;
  toolchain: SandboxToolchain;
  boards: readonly BoardArtifact[];
  runner: string;
  result: Schema;
  doing: string;
}): Promise<BoardRunnerAnswer<z.infer<Schema>>> {
  const { boards } = options;
  const times = Math.min(boards.length, 10);
  const { wallMs, cpuSeconds } = LIMIT_PRESETS.compile;
  const answer = await runRunner({
    ...options,
    job: { boards: boards.map((board, index) => ({ name: board.name, file: `${index}.json` })) },
    files: boards.map((board, index) => ({ path: `${index}.json`, read: () => board.circuitJson.read() })),
    limits: times === 1 ? undefined : { wallMs: wallMs * times, cpuSeconds: cpuSeconds * times },
  });
  if (!answer.ok) return { ok: false, error: answer.error };
  return {
    ok: true,
    result: answer.result,
    pick: (outputs) =>
      outputs.map((output) => {
        const file = answer.artifacts.get(output.name);
        if (file === undefined) throw new Error(`The runner ${options.runner} named ${output.name} and did not write it.`);
        return { ...output, file };
      }),
  };
}
