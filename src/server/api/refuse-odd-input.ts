/** What no field of any input may have, whatever its schema: the database could not keep it, or not as it was sent. */
import { AppError, type FieldProblem } from "~/domain/errors";
import { summarizeProblems } from "./describe-problems";

/** Far more than any input of ours has; a schema's own recursion must not meet the end of the stack. */
const MAX_DEPTH = 64;
const MAX_PROBLEMS = 50;
/** A file's own text may have NULs: it becomes bytes, not a text of the database. */
const FILE_TEXT = /^(files|upsert)\.\d+\.content$/;

interface Visit {
  value: unknown;
  path: string;
  depth: number;
}

/** Throws `validation_failed` for NULs, broken Unicode, keys named `__proto__` and nesting beyond 64 levels. */
export function refuseOddInput(input: unknown): void {
  const problems = findOddInput(input);
  if (problems.length > 0) throw new AppError("validation_failed", { userMessage: summarizeProblems(problems), fields: problems });
}

function findOddInput(input: unknown): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const waiting: Visit[] = [{ value: input, path: "", depth: 0 }];
  for (let visit = waiting.pop(); visit !== undefined && problems.length < MAX_PROBLEMS; visit = waiting.pop()) {
    const { value, path, depth } = visit;
    if (typeof value === "string") {
      const message = describeOddText(value, FILE_TEXT.test(path));
      if (message !== null) problems.push({ path, message });
    } else if (typeof value === "object" && value !== null && !ArrayBuffer.isView(value)) {
      if (depth === MAX_DEPTH) {
        problems.push({ path: path.split(".", 3).join("."), message: `is nested deeper than ${MAX_DEPTH} levels. Send something flatter.` });
        continue;
      }
      for (const [key, item] of Object.entries(value).reverse()) {
        const name = describeOddKey(key);
        if (name !== null) problems.push({ path, message: name });
        else waiting.push({ value: item, path: path === "" ? key : `${path}.${key}`, depth: depth + 1 });
      }
    }
  }
  return problems;
}

function describeOddText(text: string, isFileText: boolean): string | null {
  if (!text.isWellFormed()) return "is not valid Unicode: it has half of a surrogate pair. Send whole characters.";
  if (!isFileText && text.includes("\u0000")) return "must have no NUL character. Remove it.";
  return null;
}

function describeOddKey(key: string): string | null {
  if (key === "__proto__") return "must have no field named __proto__. Leave it out.";
  return describeOddText(key, false) === null ? null : "has a field whose name has a NUL or is not valid Unicode. Rename it.";
}
