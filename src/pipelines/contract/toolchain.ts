/** The contract toolchain: compilers and the packages that a contract may import. */
import { openToolchain, type SandboxToolchain, type ToolchainOptions } from "~/pipelines/sandbox-runner/toolchain";

const ADVICE = {
  wallMs: "Split the contract into smaller ones",
  cpuSeconds: "Split the contract into smaller ones",
  memoryMb: "Split the sources into smaller contracts",
};

/** What decides the code that comes out. */
export const COMPILE_TOOLS = ["solc", "solc-0.8.28", "solc-0.8.20", "@openzeppelin/contracts", "@openzeppelin/contracts-upgradeable"] as const;

export function openContractToolchain(options: ToolchainOptions): SandboxToolchain {
  return openToolchain({ ...options, kind: "contract", advice: ADVICE });
}
