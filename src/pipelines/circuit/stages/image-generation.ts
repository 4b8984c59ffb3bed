/** Every board's Circuit JSON → PCB, schematic and assembly as SVG and PNG, and its 3D model with a still picture. */
import { z } from "zod";
import { LIMIT_PRESETS } from "~/executors/limits";
import { defineStage, type Finding, type StageContext, type StageOutcome } from "../../define";
import { readBoards, runBoardRunner } from "../board-artifacts";
import type { CircuitOptions } from "../options";
import { makeReport } from "~/pipelines/sandbox-runner/report";
import type { SandboxToolchain } from "~/pipelines/sandbox-runner/toolchain";

const resultSchema = z.object({
  outputs: z.array(z.object({ name: z.string().max(1000), mediaType: z.enum(["image/svg+xml", "image/png", "model/gltf-binary"]) })).max(1000),
  failures: z.array(z.object({ board: z.string().max(1000), picture: z.string().max(100), message: z.string().max(2000) })).max(500),
});

export function makeImageGeneration({ toolchain }: { toolchain: SandboxToolchain }) {
  return defineStage<CircuitOptions>({
    key: "image_generation",
    title: "Image generation",
    needs: ["circuit_json_build"],
    version: 1,
    inputs: () => false,
    optionKeys: [],
    toolchain: () => toolchain.versions(["circuit-to-svg", "circuit-json-to-gltf", "poppygl", "@resvg/resvg-js", "@expo-google-fonts/inter"]),
    limits: LIMIT_PRESETS.compile,
    retries: 1,
    // A board with errors is drawn too: the picture is where its author sees them.
    runsAfterFailure: true,
    run: (context) => drawBoards({ context, toolchain }),
  });
}

async function drawBoards(options: { context: StageContext<CircuitOptions>; toolchain: SandboxToolchain }): Promise<StageOutcome> {
  const { context } = options;
  const boards = readBoards(context.needs.circuit_json_build);
  if (boards.length === 0) return { status: "skipped", reason: "No board was rendered, so there is nothing to draw" };
  context.log(`Drawing ${boards.map((board) => board.name).join(", ")}: PCB, schematic, assembly and 3D`);
  const answer = await runBoardRunner({ ...options, boards, runner: "image_generation", result: resultSchema, doing: "Drawing" });
  if (!answer.ok) return { status: "failed", error: answer.error };
  const { outputs, failures } = answer.result;
  for (const { name, mediaType, file } of answer.pick(outputs)) await context.artifacts.put({ name, mediaType, content: file });
  const findings = failures.map(
    ({ board, picture, message }): Finding => ({ severity: "warning", code: "picture_failed", message: `The ${picture} picture can not be drawn: ${message}`, subject: board }),
  );
  for (const finding of findings) context.log(`\u001b[33mwarning picture_failed\u001b[0m ${finding.subject}: ${finding.message}`);
  const report = makeReport({ findings, facts: { boards: boards.length, pictures: outputs.length } });
  const [first] = findings;
  if (outputs.length === 0 && first !== undefined) return { status: "failed", error: { code: "picture_failed", message: first.message }, report };
  context.log(`${outputs.length} files written`);
  return { status: "successful", report };
}
