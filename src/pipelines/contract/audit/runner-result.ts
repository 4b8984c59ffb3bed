/** What the audit's runner script answers, before anything is judged. */
import { z } from "zod";
import { analyzerName, analyzerStatus, confidence } from "./report";

const line = z.int().min(1).max(1_000_000);

/** Slither writes its opinions with a capital. */
const opinion = z.string().max(40).nullable().transform((value) => confidence.safeParse(value?.toLowerCase()).data ?? null);

const fix = z.object({
  title: z.string().max(300),
  /** By characters of the file. */
  edits: z.array(z.object({ file: z.string().max(1000), start: z.int().min(0), end: z.int().min(0), text: z.string().max(2000) })).max(100),
});

const rawFinding = z.object({
  check: z.string().max(100),
  confidence: opinion,
  message: z.string().max(600),
  file: z.string().max(1000),
  line,
  end_line: line,
  column: line,
  length: z.int().min(1),
  /** The function around it, or the contract. */
  scope: z.object({ name: z.string().max(600), line, end_line: line }),
  fix: fix.nullable(),
});
export type RawFinding = z.infer<typeof rawFinding>;

export const auditRunnerResult = z.object({
  /** Why the sources could not be read; null: they could. */
  problem: z.string().max(1000).nullable(),
  analyzers: z
    .array(z.object({ name: analyzerName, version: z.string().max(100).nullable(), status: analyzerStatus, detail: z.string().max(1000), ms: z.number().min(0), findings: z.array(rawFinding).max(400) }))
    .max(10),
  ignored: z.int().min(0),
});
export type AuditRunnerResult = z.infer<typeof auditRunnerResult>;
