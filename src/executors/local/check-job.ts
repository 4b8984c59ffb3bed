/** What a job must look like. Arguments travel to bwrap separated by NUL: one smuggled in would be an argument of its own. */
import { posix } from "node:path";
import { z } from "zod";
import { AppError } from "~/domain/errors";
import type { ExecutionJob } from "../types";

const MAX_DEPTH = 32;
const text = z.string().refine((value) => !value.includes("\0"), "contains a NUL character; remove it");
const absolutePath = text.refine((value) => value.startsWith("/") && posix.normalize(value) === value, "must be an absolute path without `.`, `..` or doubled slashes");

/** Places that the sandbox itself makes. */
const RESERVED = ["/", "/in", "/out", "/tmp", "/proc", "/dev", "/etc", "/usr", "/bin", "/sbin", "/lib", "/lib64"];

const mountTarget = absolutePath.refine(
  (value) => !value.endsWith("/") && !RESERVED.some((reserved) => value === reserved || (reserved !== "/" && value.startsWith(`${reserved}/`))),
  `must not end in \`/\`, nor lie in one of ${RESERVED.join(" ")}`,
);

export const relativePath = text.refine(isSafeRelativePath, `must be a relative path of at most ${MAX_DEPTH} parts without \`.\`, \`..\`, empty parts or control characters`);

const limits = z.object({
  wallMs: z.number().positive(),
  cpuSeconds: z.number().positive(),
  memoryMb: z.number().int().positive(),
  pids: z.number().int().positive(),
  outputBytes: z.number().int().nonnegative(),
  diskMb: z.number().int().positive(),
  diskFiles: z.number().int().positive(),
});

const jobSchema = z.object({
  command: z.array(text).min(1),
  cwd: absolutePath.optional(),
  env: z.record(z.string().regex(/^[^=\0]+$/, "is not a name of a variable"), text),
  mounts: z.array(z.object({ source: absolutePath, target: mountTarget })),
  inputs: z.array(z.object({ path: relativePath })),
  network: z.enum(["none", "egress"]),
  limits,
});

/** Throws `AppError("validation_failed")` naming the field. */
export function checkJob(options: { job: Omit<ExecutionJob, "collectInto" | "inputs"> & Partial<Pick<ExecutionJob, "inputs">> }): void {
  const result = jobSchema.safeParse({ inputs: [], ...options.job });
  if (!result.success) {
    const fields = result.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
    throw new AppError("validation_failed", { userMessage: `The execution job is invalid: ${fields.map((field) => `${field.path} ${field.message}`).join("; ")}.`, fields });
  }
  if (options.job.network === "egress") {
    throw new AppError("not_available", { userMessage: "The local executor gives no network yet. Set the job's network to `none`." });
  }
}

/** Also the rule for names of outputs. */
export function isSafeRelativePath(path: string): boolean {
  const parts = path.split("/");
  return parts.length <= MAX_DEPTH && parts.every((part) => part !== "" && part !== "." && part !== ".." && isSafeName(part));
}

/** False for control characters, also those that turn the direction of text, and for bytes that were no UTF-8. */
export function isSafeName(name: string): boolean {
  return !/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffd]/u.test(name);
}
