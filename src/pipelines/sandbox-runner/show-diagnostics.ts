/** A compiler's diagnostics as findings, and as lines of the log with their place in the source. */
import { z } from "zod";
import type { Finding, SourceFile, StageFailure } from "../define";
import { showPlace } from "./report";

const MAX_SHOWN = 20;
const RESET = "\u001b[0m";
const PAINT = { error: "\u001b[31m", warning: "\u001b[33m" };

/** What a runner script says of a place in the sources; each stage adds the codes that it knows. */
export const diagnosticFields = {
  severity: z.enum(["error", "warning"]),
  message: z.string().max(2000),
  file: z.string().max(1000).nullable(),
  line: z.number().int().positive().nullable(),
  column: z.number().int().positive().nullable(),
  length: z.number().int().positive(),
};
export type Diagnostic = z.infer<z.ZodObject<typeof diagnosticFields>> & { code: string };

export interface ShownDiagnostics {
  findings: Finding[];
  /** Log line of the first error. */
  firstErrorLine: number | undefined;
}

/** Prints the first 20 with their excerpts and answers all as findings. */
export async function showDiagnostics(options: {
  context: { log(line: string): number };
  files: readonly SourceFile[];
  diagnostics: readonly Diagnostic[];
}): Promise<ShownDiagnostics> {
  const { context, files, diagnostics } = options;
  const findings: Finding[] = [];
  let firstErrorLine: number | undefined;
  const show = (severity: Diagnostic["severity"], text: string) => {
    const number = context.log(text);
    if (severity === "error") firstErrorLine ??= number;
  };
  for (const [index, diagnostic] of diagnostics.entries()) {
    const { severity, code, message, file, line, column, length } = diagnostic;
    const isShown = index < MAX_SHOWN;
    if (file === null || line === null || column === null) {
      findings.push({ severity, code, message });
      if (isShown) show(severity, `${PAINT[severity]}${severity} ${code}${RESET} ${message}`);
      continue;
    }
    const { location, lines } = await showPlace({ place: { file, line, column, length }, files });
    findings.push({ severity, code, message, subject: file, location });
    if (!isShown) continue;
    show(severity, `${PAINT[severity]}${severity} ${code}${RESET} ${file}:${line}:${column} ${message}`);
    for (const one of lines) context.log(one);
  }
  if (diagnostics.length > MAX_SHOWN) context.log(`… and ${diagnostics.length - MAX_SHOWN} more`);
  return { findings, firstErrorLine };
}

/** The first error as the stage's failure; null when there is none. */
export function firstFailure({ findings, firstErrorLine }: ShownDiagnostics): StageFailure | null {
  const failure = findings.find((finding) => finding.severity === "error");
  if (failure === undefined) return null;
  const { code, message, location } = failure;
  const place = location === undefined ? "" : `${location.file}:${location.line}:${location.column} `;
  return { code, message: `${place}${message}`, location, logLine: firstErrorLine };
}
