import type { z } from "zod";
import { describeError } from "~/trpc/describe-error";

/** Problems by the name of the field. */
export type FieldProblems = Readonly<Record<string, string>>;

/** "must have …" becomes a sentence with the field's label. */
function toSentence({ label, message }: { label: string; message: string }): string {
  return /^(?:must|is|has) /.test(message) ? `${label} ${message}` : message;
}

/** Problems of a form's values by a schema, each as a sentence; empty when they fit. `labels` names the fields. */
export function findFieldProblems({ schema, values, labels }: { schema: z.ZodType; values: unknown; labels: Readonly<Record<string, string>> }): FieldProblems {
  const parsed = schema.safeParse(values);
  if (parsed.success) return {};
  const problems: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0] ?? "");
    problems[field] ??= toSentence({ label: labels[field] ?? "This", message: issue.message });
  }
  return problems;
}

/** The same out of the server's answer. Under `form` stands what belongs to no field of the form. */
export function readServerProblems({ error, labels }: { error: unknown; labels: Readonly<Record<string, string>> }): FieldProblems {
  const described = describeError(error);
  const problems: Record<string, string> = {};
  for (const { path, message } of described.fields) {
    const field = path.split(".")[0] ?? "";
    const label = labels[field];
    if (label !== undefined) problems[field] ??= toSentence({ label, message });
  }
  return Object.keys(problems).length > 0 ? problems : { form: described.message };
}
