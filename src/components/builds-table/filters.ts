/** The filters of a table of builds, as they stand in the URL: `?status=failed,cancelled&trigger=push&branch=main&q=led`. */
import { createLoader, parseAsArrayOf, parseAsString, parseAsStringLiteral, type inferParserType } from "nuqs/server";
import { BUILD_STATUSES } from "~/domain/statuses";

export const BUILD_TRIGGERS = ["push", "rebuild", "api", "files_changed"] as const;

export const filterParsers = {
  status: parseAsArrayOf(parseAsStringLiteral(BUILD_STATUSES)).withDefault([]),
  trigger: parseAsStringLiteral(BUILD_TRIGGERS),
  branch: parseAsString.withDefault(""),
  q: parseAsString.withDefault(""),
};

export type BuildFilters = inferParserType<typeof filterParsers>;

export const loadFilters = createLoader(filterParsers);

/** What a table is about, whatever the filters: one package, or all that I may see. */
export interface BuildScope {
  package?: string;
}

const PAGE_SIZE = 40;

/** The input of `builds.list`. Filters that are not set are left out, so that the same view has the same cache key. */
export function toListInput({ filters, scope }: { filters: BuildFilters; scope: BuildScope }) {
  const q = filters.q.trim();
  const ref = filters.branch.trim();
  return {
    limit: PAGE_SIZE,
    ...(scope.package === undefined ? {} : { package: scope.package }),
    // In one order, however they were chosen.
    ...(filters.status.length === 0 ? {} : { status: BUILD_STATUSES.filter((status) => filters.status.includes(status)) }),
    ...(filters.trigger === null ? {} : { trigger: filters.trigger }),
    ...(ref === "" ? {} : { ref }),
    ...(q === "" ? {} : { q: q.slice(0, 200) }),
  };
}

export function hasFilters(filters: BuildFilters): boolean {
  return filters.status.length > 0 || filters.trigger !== null || filters.branch.trim() !== "" || filters.q.trim() !== "";
}
