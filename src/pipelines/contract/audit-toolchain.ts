/** What the audit sees: its own toolchain beside the contract's, laid out as on the host, and which analyzers are installed. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { openToolchain, type SandboxToolchain, type ToolchainOptions } from "~/pipelines/sandbox-runner/toolchain";
import type { AnalyzerName } from "./audit/report";

const INSIDE = "/toolchains";
const FORGE = "@foundry-rs/forge-linux-amd64";
const ADVICE = {
  wallMs: "Split the contract into smaller ones",
  cpuSeconds: "Split the contract into smaller ones",
  memoryMb: "Split the sources into smaller contracts",
};

/** `toolchainDir` is the contract's; the audit's lies beside it. */
export function openAuditToolchain(options: ToolchainOptions): SandboxToolchain {
  const contract = openToolchain({ ...options, kind: "contract", advice: ADVICE });
  const parent = path.dirname(options.toolchainDir);
  const node = contract.mounts.find((mount) => mount.source === options.nodeBinary);
  const [program = "", heap = ""] = contract.command("security_audit");
  return {
    ...contract,
    command: (runner) => [program, heap, `${INSIDE}/audit/run-stage.mjs`, runner],
    mounts: [
      { source: path.join(parent, "audit"), target: `${INSIDE}/audit` },
      { source: options.toolchainDir, target: `${INSIDE}/contract` },
      { source: path.join(parent, "runner"), target: `${INSIDE}/runner` },
      ...(node === undefined ? [] : [node]),
    ],
    env: { NODE_ENV: "production", ...(existsSync(path.join(parent, "audit/.compile-cache")) ? { NODE_COMPILE_CACHE: `${INSIDE}/audit/.compile-cache`, NODE_COMPILE_CACHE_PORTABLE: "1" } : {}) },
  };
}

const packageFile = z.object({ version: z.string() });

/** Installed analyzers with their versions. Looked up on the disk each time: it is cheap, and a start may have installed one. */
export function findInstalledAnalyzers({ toolchainDir }: { toolchainDir: string }): Partial<Record<AnalyzerName, string>> {
  const audit = path.join(path.dirname(toolchainDir), "audit");
  const versionOf = (folder: string, name: string): string | undefined => {
    const file = path.join(folder, "node_modules", name, "package.json");
    return existsSync(file) ? packageFile.parse(JSON.parse(readFileSync(file, "utf8"))).version : undefined;
  };
  const found: Record<AnalyzerName, string | undefined> = {
    slither: findSlither(path.join(audit, ".venv")),
    // The toolchain's own version is that of its checks.
    slipway: packageFile.parse(JSON.parse(readFileSync(path.join(audit, "package.json"), "utf8"))).version,
    solhint: versionOf(audit, "solhint"),
    solc: versionOf(toolchainDir, "solc"),
    forge: existsSync(path.join(audit, "node_modules", FORGE, "bin/forge")) ? versionOf(audit, FORGE) : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, version]) => version !== undefined));
}

function findSlither(venv: string): string | undefined {
  if (!existsSync(path.join(venv, "bin/python3")) || !existsSync(path.join(venv, "lib"))) return undefined;
  for (const python of readdirSync(path.join(venv, "lib"))) {
    const packages = path.join(venv, "lib", python, "site-packages");
    const found = existsSync(packages) ? readdirSync(packages).flatMap((name) => /^slither_analyzer-(.+)\.dist-info$/.exec(name)?.[1] ?? [])[0] : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
