/** A bar of bytes on stderr, drawn over itself; nothing where that is no terminal. */
import { formatBytes } from "../output/format";

const WIDTH = 28;

export interface ProgressBar {
  show(bytes: number): void;
  /** Takes the bar away. */
  clear(): void;
}

export function createProgressBar(options: { total: number; enabled: boolean; write: (text: string) => void }): ProgressBar {
  const { total, enabled, write } = options;
  let drawn = "";
  return {
    show(bytes) {
      const line = drawBar({ bytes, total });
      if (!enabled || line === drawn) return;
      drawn = line;
      write(`\r${line}`);
    },
    clear() {
      if (drawn !== "") write(`\r${" ".repeat(drawn.length)}\r`);
      drawn = "";
    },
  };
}

/** `[#######---]  42 %  3.1 MB of 7.4 MB`. */
export function drawBar(options: { bytes: number; total: number }): string {
  const { bytes, total } = options;
  const share = total === 0 ? 1 : Math.min(1, bytes / total);
  const full = Math.floor(share * WIDTH);
  return `Sending [${"#".repeat(full)}${"-".repeat(WIDTH - full)}] ${String(Math.floor(share * 100)).padStart(3)} %  ${formatBytes(bytes)} of ${formatBytes(total)}`;
}
