/** Starting limits of the kinds of work a stage does. A stage may lower them; the platform's settings may raise them. */
import type { ExecutionLimits } from "./types";

const MIB = 1024 * 1024;

export const LIMIT_PRESETS = {
  /** Compiling and rendering: pure computation over a few files. */
  compile: { wallMs: 60_000, cpuSeconds: 30, memoryMb: 1024, pids: 64, outputBytes: 32 * MIB, diskMb: 128, diskFiles: 5_000 },
  /** Package installers and git: many files, much waiting. */
  install: { wallMs: 600_000, cpuSeconds: 300, memoryMb: 1024, pids: 64, outputBytes: 16 * MIB, diskMb: 1_000, diskFiles: 50_000 },
  /** Container images: root file systems. */
  image: { wallMs: 1_800_000, cpuSeconds: 900, memoryMb: 2_048, pids: 256, outputBytes: 16 * MIB, diskMb: 8_192, diskFiles: 200_000 },
} as const satisfies Record<string, ExecutionLimits>;

export type LimitPreset = keyof typeof LIMIT_PRESETS;
