/** Turns zod's issues into one line a field that says the problem and the fix. */
import type { z } from "zod";
import type { FieldProblem } from "~/domain/errors";

type Issue = z.core.$ZodIssue;

const MAX_PROBLEMS = 50;

/** What is wrong with the first field, as a sentence; a problem of the whole input is one by itself, or goes on from its name. */
export function summarizeProblems(problems: readonly FieldProblem[]): string {
  const [first] = problems;
  if (first === undefined) return "The input is not valid.";
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  if (first.path !== "") return `${first.path} ${first.message}${more}`;
  return `${/^[A-Z]/.test(first.message) ? "" : "The input "}${first.message}${more}`;
}

/** `input` is what was parsed, to tell a missing field from a wrong one. At most 50 problems, in the order found. */
export function describeProblems(options: { issues: readonly Issue[]; input: unknown }): FieldProblem[] {
  return options.issues.flatMap((issue) => describe(issue, options.input)).slice(0, MAX_PROBLEMS);
}

function describe(issue: Issue, input: unknown): FieldProblem[] {
  const path = issue.path.map(String).join(".");
  const received = valueAt(input, issue.path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        path: path === "" ? key : `${path}.${key}`,
        message: "is not a known field. Check its spelling, or leave it out.",
      }));
    case "invalid_union":
      return describeUnion(issue, input, received);
    case "invalid_type":
      if (received !== undefined && isOwnMessage(issue.message)) return [{ path, message: issue.message }];
      return [{ path, message: received === undefined ? `is missing. Send ${article(issue.expected)}.` : `must be ${article(issue.expected)}, not ${kindOf(received)}.` }];
    case "invalid_value":
      return [{ path, message: received === undefined ? `is missing. Send ${listed(issue.values)}.` : `must be ${listed(issue.values)}; got ${shown(received)}.` }];
    case "too_small":
    case "too_big":
      return [{ path, message: describeSize(issue) }];
    case "invalid_key":
      return issue.issues.flatMap((inner) => describe({ ...inner, path: issue.path }, input));
    case "invalid_format":
      return [{ path, message: isOwnMessage(issue.message) ? issue.message : describeFormat(issue.format) }];
    default:
      return [{ path, message: issue.message }];
  }
}

/**
 * Speaks of the branch that the caller most likely meant: the one that knows most of what was sent, of those the one with
 * the fewest problems. Where none knows anything of it, of all of them.
 */
function describeUnion(issue: Extract<Issue, { code: "invalid_union" }>, input: unknown, received: unknown): FieldProblem[] {
  const path = issue.path.map(String).join(".");
  const branches = issue.errors
    .map((errors) => ({
      strangers: errors.flatMap((inner) => (inner.code === "unrecognized_keys" && inner.path.length === 0 ? inner.keys : [])).length,
      problems: errors.flatMap((inner) => describe({ ...inner, path: [...issue.path, ...inner.path] }, input)),
    }))
    .filter(({ problems }) => problems.length > 0)
    .sort((a, b) => a.strangers - b.strangers || a.problems.length - b.problems.length);
  const [best] = branches;
  const isStrange = received === undefined || best === undefined || best.strangers === countFields(received);
  return isStrange && isOwnMessage(issue.message) ? [{ path, message: issue.message }] : (best?.problems ?? [{ path, message: issue.message }]);
}

function describeSize(issue: Extract<Issue, { code: "too_small" | "too_big" }>): string {
  if (isOwnMessage(issue.message)) return issue.message;
  const bound = issue.code === "too_small" ? issue.minimum : issue.maximum;
  const side = issue.code === "too_small" ? "at least" : "at most";
  const what: Record<string, string> = { string: "characters", array: "items", set: "items", map: "entries", file: "bytes" };
  const unit = what[issue.origin];
  if (unit === undefined) return `must be ${side} ${bound}.`;
  return Number(bound) === 1 && issue.code === "too_small" ? `must not be empty.` : `must have ${side} ${bound} ${unit}.`;
}

function describeFormat(format: string): string {
  switch (format) {
    case "email":
      return "must be an e-mail address, such as ada@example.org.";
    case "datetime":
      return "must be an ISO 8601 time in UTC, such as 2026-01-31T12:00:00Z.";
    case "base64":
      return "must be base64 (RFC 4648, with padding).";
    default:
      return "does not have the right form.";
  }
}

/** Our schemas' own sentences; zod's begin with these words. */
function isOwnMessage(message: string): boolean {
  return !/^(Invalid|Too (small|big)|Unrecognized)/.test(message);
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value !== null && typeof value === "object" ? Reflect.get(value, key) : undefined), input);
}

function article(expected: string): string {
  const words: Record<string, string> = {
    string: "a text", number: "a number", int: "a whole number", boolean: "true or false", array: "a list", object: "an object", record: "an object",
  };
  return words[expected] ?? expected;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : typeof value === "string" ? "a text" : shown(value);
}

function listed(values: readonly unknown[]): string {
  const shownValues = values.map(shown);
  return shownValues.length === 1 ? (shownValues[0] ?? "") : `one of ${shownValues.join(", ")}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** -1 for what has no fields. */
function countFields(value: unknown): number {
  return value !== null && typeof value === "object" ? Object.keys(value).length : -1;
}
