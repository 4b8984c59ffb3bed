/**
 * A prompt being read. Rules take the words that they understand out of it; what is left at the end was understood by
 * none, and is told instead of being dropped.
 */
import type { ContractFeatures } from "../options";

/** Stands where words were taken: no rule's pattern matches it. */
export const TAKEN = "\uE000";

export type Field = keyof ContractFeatures | "template" | "access_by" | "without";

export interface Understood {
  field: Field;
  /** For people: `1,000,000,000`, `yes`, `5 %`. */
  value: string;
  /** The words that it came from. */
  text: string;
}

export interface Unsupported {
  part: string;
  why: string;
}

export interface SpecProblem {
  field: string;
  message: string;
}

export interface Assumed {
  field: string;
  value: string;
  why: string;
}

export interface Taken {
  text: string;
  groups: readonly (string | undefined)[];
  start: number;
  end: number;
}

export interface Reading {
  /** The prompt with what was taken blanked, same positions. */
  rest(): string;
  /** First match of words not taken yet, which are taken then. */
  take(pattern: RegExp): Taken | null;
  takeRange(start: number, end: number): string;
  set<Key extends keyof ContractFeatures>(field: Key, value: NonNullable<ContractFeatures[Key]>, text: string): void;
  understand(understood: Understood): void;
  refuse(unsupported: Unsupported): void;
  assume(assumed: Assumed): void;
  problem(problem: SpecProblem): void;
  features: ContractFeatures;
  understood: Understood[];
  unsupported: Unsupported[];
  assumed: Assumed[];
  problems: SpecProblem[];
}

export function createReading(text: string): Reading {
  let rest = text;
  const features: ContractFeatures = {};
  const takeRange = (start: number, end: number) => {
    rest = `${rest.slice(0, start)}${TAKEN.repeat(end - start)}${rest.slice(end)}`;
    return text.slice(start, end).trim();
  };
  const reading: Reading = {
    features, understood: [], unsupported: [], assumed: [], problems: [],
    rest: () => rest,
    takeRange,
    take(pattern) {
      const match = pattern.exec(rest);
      if (match === null || match[0].includes(TAKEN)) return null;
      const { index: start } = match;
      const end = start + match[0].length;
      return { text: takeRange(start, end), groups: match.slice(1), start, end };
    },
    set(field, value, from) {
      const before = features[field];
      if (before !== undefined && before !== value) {
        reading.problems.push({ field, message: `${nameOf(field)} is said twice: ${showField(field, before)}, and then ${showField(field, value)} in "${from}". Say it once.` });
        return;
      }
      if (before === undefined) reading.understood.push({ field, value: showField(field, value), text: from });
      features[field] = value;
    },
    understand: (understood) => void reading.understood.push(understood),
    refuse: (unsupported) => void reading.unsupported.push(unsupported),
    assume: (assumed) => void reading.assumed.push(assumed),
    problem: (problem) => void reading.problems.push(problem),
  };
  return reading;
}

/** A value for people. */
export function show(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string" && /^\d{4,}$/.test(value)) return value.replace(/\B(?=(\d{3})+$)/g, ",");
  return value === null ? "none" : String(value);
}

const nameOf = (field: string) => field.replaceAll("_", " ").replace(/^./, (first) => first.toUpperCase());

const IN_CHARGE: Readonly<Record<string, string>> = { ownable: "one owner", roles: "roles", none: "nobody" };

/** The same, of a field: seconds as `7 days`, a moment as a date, a share as `5 %`. */
export function showField(field: string, value: unknown): string {
  if (field === "access") return IN_CHARGE[String(value)] ?? show(value);
  if (typeof value !== "number") return show(value);
  if (/percent$/.test(field)) return `${value} %`;
  if (field === "start") return new Date(value * 1000).toISOString().slice(0, 10);
  if (!/^(?:voting_delay|voting_period|timelock_delay|duration|cliff)$/.test(field)) return show(value);
  const [size, unit] = UNITS.find(([seconds]) => value % seconds === 0) ?? [1, "second"];
  const count = value / size;
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

const UNITS: readonly (readonly [number, string])[] = [[86_400, "day"], [3_600, "hour"], [60, "minute"]];

/** Everything that matches, until nothing does. */
export function* takeAll(reading: Reading, pattern: RegExp): Generator<Taken> {
  for (let round = 0; round < 50; round += 1) {
    const taken = reading.take(pattern);
    if (taken === null) return;
    yield taken;
  }
}
