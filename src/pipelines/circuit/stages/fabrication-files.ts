/** Every board's Circuit JSON → gerbers with drill files, pick-and-place, bill of materials and netlist. */
import { z } from "zod";
import { LIMIT_PRESETS } from "~/executors/limits";
import { defineStage, type Finding, type StageContext, type StageOutcome } from "../../define";
import { readBoards, runBoardRunner } from "../board-artifacts";
import type { CircuitOptions } from "../options";
import { makeReport } from "~/pipelines/sandbox-runner/report";
import type { SandboxToolchain } from "~/pipelines/sandbox-runner/toolchain";

const count = z.number().int().nonnegative();
const resultSchema = z.object({
  outputs: z.array(z.object({ name: z.string().max(1000), mediaType: z.enum(["application/zip", "text/csv", "text/plain"]) })).max(1000),
  boards: z.array(z.object({ board: z.string().max(1000), files: count, placements: count, parts: count, warnings: z.array(z.string().max(2000)).max(500) })).max(100),
});

export function makeFabricationFiles({ toolchain }: { toolchain: SandboxToolchain }) {
  return defineStage<CircuitOptions>({
    key: "fabrication_files",
    title: "Fabrication files",
    // A board with errors must not be made: when the build failed, the platform skips this stage and says why.
    needs: ["circuit_json_build"],
    version: 1,
    inputs: () => false,
    optionKeys: [],
    toolchain: () => toolchain.versions(["circuit-json-to-gerber", "circuit-json-to-pnp-csv", "circuit-json-to-bom-csv", "circuit-json-to-readable-netlist"]),
    limits: LIMIT_PRESETS.compile,
    retries: 1,
    run: (context) => makeFiles({ context, toolchain }),
  });
}

async function makeFiles(options: { context: StageContext<CircuitOptions>; toolchain: SandboxToolchain }): Promise<StageOutcome> {
  const { context } = options;
  const boards = readBoards(context.needs.circuit_json_build);
  if (boards.length === 0) return { status: "skipped", reason: "No board was rendered, so there is nothing to fabricate" };
  const answer = await runBoardRunner({ ...options, boards, runner: "fabrication_files", result: resultSchema, doing: "Making the fabrication files" });
  if (!answer.ok) return { status: "failed", error: answer.error };
  const { outputs, boards: made } = answer.result;
  for (const { name, mediaType, file } of answer.pick(outputs)) await context.artifacts.put({ name, mediaType, content: file });
  const findings = made.flatMap(({ board, warnings }) =>
    warnings.map((message): Finding => ({ severity: "warning", code: "placement_rotation_warning", message, subject: board })),
  );
  for (const board of made) context.log(`Board ${board.board}: ${board.files} gerber and drill files, ${board.placements} placements, ${board.parts} parts`);
  const sum = (key: "placements" | "parts") => made.reduce((total, board) => total + board[key], 0);
  return { status: "successful", report: makeReport({ findings, facts: { boards: boards.length, placements: sum("placements"), parts: sum("parts") } }) };
}
