const SEVERITIES = ["critical", "high", "medium", "low", "informational"];

/** Short facts by name, what is counted by severity in the order of severity; those of several lines last. The database keeps no order. */
export function sortFacts<Value>({ facts }: { facts: Readonly<Record<string, Value>> }): [string, Value][] {
  const isLong = (value: Value) => typeof value === "string" && value.includes("\n");
  const rank = (name: string) => (SEVERITIES.includes(name) ? SEVERITIES.indexOf(name) : SEVERITIES.length);
  return Object.entries(facts).sort(([a, left], [b, right]) => Number(isLong(left)) - Number(isLong(right)) || rank(a) - rank(b) || a.localeCompare(b, "en"));
}
