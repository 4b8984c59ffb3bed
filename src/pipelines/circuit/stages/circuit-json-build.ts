/** Every board of the package → its Circuit JSON. Works on the ES modules, so an edit of comments or types reuses what was built. */
import { z } from "zod";
import { LIMIT_PRESETS } from "~/executors/limits";
import { defineStage, type Finding, type StageArtifact, type StageContext, type StageFailure, type StageOutcome } from "../../define";
import { findBoards, readMainEntry, type Board } from "../find-boards";
import { locateFailure, type RunFailure } from "../locate-failure";
import type { CircuitOptions } from "../options";
import { readFileText } from "~/pipelines/sandbox-runner/read-file-text";
import { describeGroups, makeReport } from "~/pipelines/sandbox-runner/report";
import { runRunner } from "~/pipelines/sandbox-runner/run-runner";
import type { SandboxToolchain } from "~/pipelines/sandbox-runner/toolchain";

const CONFIG = "tscircuit.config.json";
const MODULES = "esm/";

const text = z.string().max(2000);
const count = z.number().int().nonnegative();
const findingSchema = z.object({ severity: z.enum(["error", "warning"]), code: z.string().max(200), message: text, subject: text });
const boardSchema = z.discriminatedUnion("status", [
  z.object({ status: z.literal("built"), name: text, entry: text, artifact: text, components: count, traces: count, elements: count }),
  z.object({ status: z.literal("no_board"), name: text, entry: text, message: text }),
  z.object({ status: z.literal("duplicate"), name: text, entry: text, of: text }),
]);
const resultSchema = z.object({
  errorCount: count,
  warningCount: count,
  findings: z.array(findingSchema).max(1000),
  boards: z.array(boardSchema).max(100),
  failure: z
    .object({
      board: text,
      entry: text,
      code: z.enum(["runtime_error", "module_not_found", "memory_limit"]),
      message: text,
      frames: z.array(z.object({ file: text, line: z.number().int().positive(), column: z.number().int().positive() })).max(10),
      specifier: text.nullable(),
      importer: text.nullable(),
    })
    .nullable(),
});
type BuildResult = z.infer<typeof resultSchema>;

interface BuildRun {
  context: StageContext<CircuitOptions>;
  toolchain: SandboxToolchain;
}

export function makeCircuitJsonBuild({ toolchain }: { toolchain: SandboxToolchain }) {
  return defineStage<CircuitOptions>({
    key: "circuit_json_build",
    title: "Circuit JSON build",
    needs: ["transpilation"],
    version: 1,
    inputs: (path) => path === CONFIG,
    optionKeys: ["entries"],
    toolchain: () => toolchain.versions(["tscircuit", "@tscircuit/core", "react"]),
    limits: LIMIT_PRESETS.compile,
    retries: 1,
    run: (context) => runBuild({ context, toolchain }),
  });
}

async function runBuild({ context, toolchain }: BuildRun): Promise<StageOutcome> {
  const modules = (context.needs.transpilation?.artifacts ?? []).filter(isPackageModule);
  const search = await searchBoards({ context, modules });
  if ("code" in search) return { status: "failed", error: search };
  const { boards } = search;
  context.log(`Rendering ${boards.length === 1 ? "board" : `${boards.length} boards:`} ${boards.map((board) => board.name).join(", ")}`);
  context.log("Supplier part look-ups are off: builds have no network");
  const answer = await runRunner({
    context,
    toolchain,
    runner: "circuit_json_build",
    job: { boards: boards.map(({ name, entry, module }) => ({ name, entry, module })) },
    files: modules.map((artifact) => ({ path: artifact.name.slice(MODULES.length), read: () => artifact.read() })),
    result: resultSchema,
    doing: "Rendering",
    limits: scaleLimits(boards.length),
  });
  if (!answer.ok) return { status: "failed", error: answer.error };
  const { result } = answer;
  // The package's code ran in the process that wrote the result: it may name boards as it likes.
  const asked = new Set(boards.map((board) => board.name));
  for (const board of result.boards) {
    if (!asked.delete(board.name)) return failWithout(board.name);
    if (board.status !== "built") continue;
    const file = answer.artifacts.get(board.artifact);
    if (file === undefined || board.artifact !== `boards/${board.name}/circuit.json`) return failWithout(board.name);
    await context.artifacts.put({ name: board.artifact, mediaType: "application/vnd.circuit+json", content: file });
  }
  return await conclude({ context, toolchain, result, boards });
}

/** ES modules, JSON files and assets of the package; not the mark that says which kind of module the folder holds. */
function isPackageModule({ name }: StageArtifact): boolean {
  return name.startsWith(MODULES) && name !== `${MODULES}package.json`;
}

async function searchBoards(options: { context: StageContext<CircuitOptions>; modules: readonly StageArtifact[] }): Promise<{ boards: readonly Board[] } | StageFailure> {
  const { context } = options;
  const modules = options.modules.map((artifact) => artifact.name.slice(MODULES.length)).filter((name) => name.endsWith(".js")).sort();
  let configured: readonly string[] | null = context.options.entries ?? null;
  const config = context.files.find((file) => file.path === CONFIG);
  if (configured === null && config !== undefined) {
    const main = readMainEntry(await readFileText(config));
    if ("problem" in main) return { code: "invalid_config", message: main.problem, location: { file: CONFIG } };
    if (main.entry !== null) configured = [main.entry];
  }
  const found = findBoards({ modules, sources: context.everyFile.map((file) => file.path), configured });
  return "problem" in found ? { code: "no_board", message: found.problem } : found;
}

/** Time for each board; the common case of one keeps the stage's own limits, and with them its process started ahead. */
function scaleLimits(boards: number) {
  if (boards <= 1) return undefined;
  const { wallMs, cpuSeconds } = LIMIT_PRESETS.compile;
  const times = Math.min(boards, 10);
  return { wallMs: wallMs * times, cpuSeconds: cpuSeconds * times };
}

function failWithout(board: string): StageOutcome {
  return { status: "failed", error: { code: "no_result", message: `Board ${board} has no Circuit JSON: the package's code must not write to the work folder.` } };
}

/** From the runner's answer to the stage's: an exception, then a missing board, then the circuit's own errors fail it. */
async function conclude(options: BuildRun & { result: BuildResult; boards: readonly Board[] }): Promise<StageOutcome> {
  const { context, toolchain, result } = options;
  const findings: Finding[] = [...result.findings];
  for (const board of result.boards) {
    if (board.status === "duplicate") context.log(`${board.entry} exports the same board as ${board.of}: built once`);
    if (board.status === "built") context.log(`Board ${board.name}: ${board.components} components, ${board.traces} traces`);
  }
  const built = result.boards.filter((board) => board.status === "built");
  const boardless = result.boards.filter((board) => board.status === "no_board");
  const mistaken = boardless.find((board) => built.length === 0 || options.boards.some((one) => one.name === board.name && one.explicit));
  for (const board of boardless) {
    if (board !== mistaken) findings.push({ severity: "warning", code: "no_board", message: board.message, subject: board.name });
  }
  for (const line of describeGroups(findings)) context.log(line);
  const sum = (key: "components" | "traces" | "elements") => built.reduce((total, board) => total + board[key], 0);
  const report = makeReport({
    findings,
    facts: { boards: built.length, components: sum("components"), traces: sum("traces"), elements: sum("elements"), supplier_lookups: "off" },
    counts: { errors: result.errorCount, warnings: result.warningCount + findings.length - result.findings.length },
  });
  const failed = (error: StageFailure): StageOutcome => ({ status: "failed", error, report });
  if (result.failure !== null) return failed(await explainException({ context, toolchain, failure: result.failure }));
  if (mistaken?.status === "no_board") return failed({ code: "no_board", message: mistaken.message });
  const first = findings.find((finding) => finding.severity === "error");
  if (first === undefined) return { status: "successful", report };
  const others = result.errorCount > 1 ? ` (and ${result.errorCount - 1} more)` : "";
  return failed({ code: "board_error", message: `Board ${first.subject}: ${first.message}${others}` });
}

async function explainException(options: BuildRun & { failure: NonNullable<RunFailure> }): Promise<StageFailure> {
  const { context, failure } = options;
  const { location, lines } = await locateFailure(options);
  const place = location === undefined ? `${failure.entry}: ` : `${location.file}:${location.line}:${location.column} `;
  const message = `${place}${failure.message}`;
  const logLine = context.log(`\u001b[31merror ${failure.code}\u001b[0m ${message}`);
  for (const line of lines) context.log(line);
  return { code: failure.code, message, location, logLine };
}
