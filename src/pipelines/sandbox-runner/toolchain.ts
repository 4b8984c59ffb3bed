/** Where a kind's toolchain lies on the host, how the sandbox sees it, and which versions it is made of. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { LimitName, ReadOnlyMount } from "~/executors/types";
import type { PipelineKind } from "../define";

const INSIDE = "/toolchain";
/** Beside the toolchain, as on the host: `run-stage.mjs` imports `../runner/…`. */
const RUNNER_INSIDE = "/runner";
const NODE_INSIDE = "/toolchain-node";

export interface ToolchainOptions {
  /** Host folder with the installed toolchain, such as `<project>/toolchains/circuit`. Absolute. */
  toolchainDir: string;
  /** Host path of the Node 24 binary that runs inside; the worker passes `process.execPath`. Absolute. */
  nodeBinary: string;
  /** Its version, such as `24.21.0`; the worker passes `process.versions.node`. */
  nodeVersion: string;
}

export interface SandboxToolchain {
  kind: PipelineKind;
  /** Exact versions of Node and of the named packages, from the toolchain's lock. Throws when one is not in it. */
  versions(packages: readonly string[]): Readonly<Record<string, string>>;
  command(runner: string): readonly string[];
  mounts: readonly ReadOnlyMount[];
  env: Readonly<Record<string, string>>;
  /** What to do about a limit, in the words of the kind; the rest has general words. */
  advice: Readonly<Partial<Record<LimitName, string>>>;
}

export interface OpenToolchainOptions extends ToolchainOptions {
  kind: PipelineKind;
  advice?: SandboxToolchain["advice"];
  /** V8's own heap, MiB: below the memory limit, so that a runaway program ends with V8's message and not with a bare kill. Default 800. */
  heapMb?: number;
}

const lockSchema = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });

export function openToolchain({ kind, toolchainDir, nodeBinary, nodeVersion, advice = {}, heapMb = 800 }: OpenToolchainOptions): SandboxToolchain {
  const lockFile = path.join(toolchainDir, "package-lock.json");
  let packages: z.infer<typeof lockSchema>["packages"] | null = null;
  return {
    kind,
    advice,
    versions(names) {
      packages ??= lockSchema.parse(JSON.parse(readFileSync(lockFile, "utf8"))).packages;
      const versions: Record<string, string> = { node: nodeVersion };
      for (const name of names) {
        const version = packages[`node_modules/${name}`]?.version;
        if (version === undefined) throw new Error(`The ${kind} toolchain's lock has no "${name}": install it with npm in ${toolchainDir}.`);
        versions[name] = version;
      }
      return versions;
    },
    command: (runner) => [`${NODE_INSIDE}/bin/node`, `--max-old-space-size=${heapMb}`, `${INSIDE}/run-stage.mjs`, runner],
    mounts: [
      { source: toolchainDir, target: INSIDE },
      { source: path.join(path.dirname(toolchainDir), "runner"), target: RUNNER_INSIDE },
      { source: nodeBinary, target: `${NODE_INSIDE}/bin/node` },
    ],
    env: {
      NODE_ENV: "production",
      ...(existsSync(path.join(toolchainDir, ".compile-cache")) ? { NODE_COMPILE_CACHE: `${INSIDE}/.compile-cache`, NODE_COMPILE_CACHE_PORTABLE: "1" } : {}),
    },
  };
}
