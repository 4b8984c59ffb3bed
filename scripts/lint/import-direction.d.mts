import type { Rule } from "eslint";

export const ALLOWED: Readonly<Record<string, readonly string[] | "everything">>;
export const importDirection: Rule.RuleModule;
