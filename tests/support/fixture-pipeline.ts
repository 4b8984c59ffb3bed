/**
 * A pipeline for tests of the platform itself: each stage runs the release's shell script of its name in the real
 * sandbox, so a test says with a few lines of shell what a stage prints, makes, or how it dies.
 *
 * first → second; first → third (parallel to second).
 */
import { z } from "zod";
import { definePipeline, defineStage, type AnyPipeline, type PipelineRegistry, type StageDefinition, type StageOutcome } from "~/pipelines/define";

const LIMITS = { wallMs: 150_000, cpuSeconds: 20, memoryMb: 512, pids: 32, outputBytes: 32 * 1024 * 1024, diskMb: 32, diskFiles: 500 };

function scriptStage(key: string, needs: string[]): StageDefinition<Record<string, unknown>> {
  return defineStage<Record<string, unknown>>({
    key,
    title: key[0]?.toUpperCase() + key.slice(1),
    needs,
    version: 1,
    inputs: (path) => path === `${key}.sh`,
    optionKeys: [],
    toolchain: () => ({ sh: "1" }),
    limits: LIMITS,
    retries: 1,
    async run(context): Promise<StageOutcome> {
      const script = context.files.find((file) => file.path === `${key}.sh`);
      if (script === undefined) return { status: "failed", error: { code: "no_script", message: `There is no ${key}.sh` } };
      const needed = Object.entries(context.needs).flatMap(([need, stage]) => stage.artifacts.map((artifact) => ({ need, artifact })));
      const result = await context.exec({
        command: ["/bin/sh", `/in/${key}.sh`],
        inputs: [
          { path: `${key}.sh`, content: await script.read() },
          ...(await Promise.all(needed.map(async ({ need, artifact }) => ({ path: `needs/${need}/${artifact.name.split("/").at(-1) ?? ""}`, content: await artifact.read() })))),
        ],
      });
      for (const output of result.outputs) await context.artifacts.put({ name: `${key}/${output.path}`, mediaType: "text/plain", content: output });
      if (result.limitHit !== undefined) return { status: "failed", error: { code: "limit", message: `Over the limit ${result.limitHit}` } };
      if (result.exitCode !== 0) return { status: "failed", error: { code: "exit_code", message: `${key}.sh ended with ${result.exitCode ?? result.signal}` } };
      return { status: "successful" };
    },
  });
}

export const fixturePipeline: AnyPipeline = definePipeline<Record<string, unknown>>({
  kind: "project",
  title: "Scripts",
  examples: [{ slug: "hello", title: "Hello", description: "Three scripts", files: ["first", "second", "third"].map((key) => ({ path: `${key}.sh`, content: `echo ${key}` })) }],
  options: z.record(z.string(), z.unknown()),
  stages: [scriptStage("first", []), scriptStage("second", ["first"]), scriptStage("third", ["first"])],
});

export const fixtureRegistry: PipelineRegistry = {
  get: (kind) => (kind === "project" ? fixturePipeline : undefined),
  kinds: () => ["project"],
};
