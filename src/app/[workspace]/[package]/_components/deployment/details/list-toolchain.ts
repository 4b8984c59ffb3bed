import type { StageView } from "~/server/api/schemas/builds";

/** Every tool that a stage's result depends on, once, by name; several versions of one (they may differ by stage) stand together. */
export function listToolchain({ stages }: { stages: readonly Pick<StageView, "toolchain">[] }): { name: string; versions: string[] }[] {
  const tools = new Map<string, Set<string>>();
  for (const stage of stages) {
    for (const [name, version] of Object.entries(stage.toolchain)) tools.set(name, (tools.get(name) ?? new Set()).add(version));
  }
  return [...tools].sort(([a], [b]) => a.localeCompare(b)).map(([name, versions]) => ({ name, versions: [...versions] }));
}
