/** Says in words what changed between two sets of a stage's inputs. */
import { canonicalJson, type StageInputs } from "./fingerprint";

const NAMED = 3;

/**
 * Every difference as a clause that can follow "stale because", in the order files, options, toolchain, stage, needs.
 * Empty when nothing differs. `titles` maps stage keys to what people call them.
 */
export function listChanges(before: StageInputs, after: StageInputs, titles: Readonly<Record<string, string>> = {}): string[] {
  return [
    ...diffKeys(before.files, after.files, {
      added: (path) => `\`${path}\` was added`,
      removed: (path) => `\`${path}\` was removed`,
      changed: (path) => `\`${path}\` changed`,
    }),
    ...diffKeys(before.options, after.options, {
      added: (key) => `option \`${key}\` was set`,
      removed: (key) => `option \`${key}\` was removed`,
      changed: (key) => `option \`${key}\` changed`,
    }),
    ...diffKeys(before.toolchain, after.toolchain, {
      added: (tool) => `${tool} ${after.toolchain[tool]} is new in the toolchain`,
      removed: (tool) => `${tool} is no longer in the toolchain`,
      changed: (tool) => `${tool} went from ${before.toolchain[tool]} to ${after.toolchain[tool]}`,
    }),
    ...(before.stageVersion === after.stageVersion ? [] : ["the platform's own code for this stage was updated"]),
    ...diffKeys(before.needs, after.needs, {
      added: (key) => `it now needs ${titles[key] ?? key}`,
      removed: (key) => `it no longer needs ${titles[key] ?? key}`,
      changed: (key) => `${titles[key] ?? key} produced a different result`,
    }),
  ];
}

/** `a`, `a and b`, `a, b and c`, or `a, b, c and 4 more changes`. */
export function joinReasons(reasons: readonly string[]): string {
  if (reasons.length > NAMED) {
    const rest = reasons.length - NAMED;
    return `${reasons.slice(0, NAMED).join(", ")} and ${rest} more ${rest === 1 ? "change" : "changes"}`;
  }
  if (reasons.length <= 1) return reasons[0] ?? "";
  return `${reasons.slice(0, -1).join(", ")} and ${reasons.at(-1) ?? ""}`;
}

/** `stale because …`, or null when nothing changed. */
export function explainStaleness(before: StageInputs, after: StageInputs, titles?: Readonly<Record<string, string>>): string | null {
  const changes = listChanges(before, after, titles);
  return changes.length === 0 ? null : `stale because ${joinReasons(changes)}`;
}

interface Wording {
  added(key: string): string;
  removed(key: string): string;
  changed(key: string): string;
}

function diffKeys(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>, wording: Wording): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => {
    if (!(key in before)) return [wording.added(key)];
    if (!(key in after)) return [wording.removed(key)];
    return canonicalJson(before[key]) === canonicalJson(after[key]) ? [] : [wording.changed(key)];
  });
}
