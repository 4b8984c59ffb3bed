import type { BuildSummary } from "~/server/api/schemas/builds";
import type { BuildFilter } from "~/server/api/schemas/build-requests";

/** Filters whose rule only the server knows well enough. */
const SERVER_ONLY = ["q", "created_after", "created_before", "third_party_id", "parser_id", "label"] as const satisfies readonly (keyof BuildFilter)[];

/**
 * Does a build that just changed belong in a list with this filter? `unknown` when a part of the filter can't be judged
 * here: the list has to be asked for again.
 */
export function matchesFilter({ filter, build }: { filter: BuildFilter; build: BuildSummary }): "yes" | "no" | "unknown" {
  const fits =
    (filter.status === undefined || filter.status.includes(build.status)) &&
    (filter.kind === undefined || filter.kind === build.kind) &&
    (filter.package === undefined || filter.package === build.package) &&
    (filter.workspace === undefined || build.package.startsWith(`${filter.workspace}/`)) &&
    (filter.release_id === undefined || filter.release_id === build.release_id) &&
    (filter.trigger === undefined || filter.trigger === build.trigger) &&
    (filter.ref === undefined || filter.ref === build.ref);
  if (!fits) return "no";
  return SERVER_ONLY.some((key) => filter[key] !== undefined) ? "unknown" : "yes";
}
