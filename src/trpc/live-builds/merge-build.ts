import { isFinal } from "~/domain/statuses";
import type { BuildSummary } from "~/server/api/schemas/builds";

/** What a list of builds has that matters here; newest first, ids sort by time. */
export interface BuildPage {
  builds: BuildSummary[];
  total: number;
  next_cursor: string | null;
}

export interface MergeBuildOptions<Page extends BuildPage> {
  pages: readonly Page[];
  build: BuildSummary;
  /** Does it belong in this list? */
  belongs: boolean;
  /** A list that is shown with a fixed number of rows. */
  keep?: number;
}

/**
 * The loaded pages with a changed build replaced, put in or taken out; the very same array when nothing changes. A build
 * older than all that is loaded is left for the page that will bring it. A finished build never runs again, so a late
 * message about its past is dropped.
 */
export function mergeBuild<Page extends BuildPage>({ pages, build, belongs, keep }: MergeBuildOptions<Page>): readonly Page[] {
  const known = pages.flatMap((page) => page.builds).find((each) => each.build_id === build.build_id);
  if (known !== undefined) {
    if (isFinal(known.status) && !isFinal(build.status)) return pages;
    return belongs ? replace({ pages, build }) : remove({ pages, build });
  }
  return belongs ? insert({ pages, build, keep }) : pages;
}

function replace<Page extends BuildPage>({ pages, build }: { pages: readonly Page[]; build: BuildSummary }): readonly Page[] {
  return pages.map((page) =>
    page.builds.some((each) => each.build_id === build.build_id)
      ? { ...page, builds: page.builds.map((each) => (each.build_id === build.build_id ? build : each)) }
      : page,
  );
}

function remove<Page extends BuildPage>({ pages, build }: { pages: readonly Page[]; build: BuildSummary }): readonly Page[] {
  return pages.map((page) => ({ ...page, total: Math.max(0, page.total - 1), builds: page.builds.filter((each) => each.build_id !== build.build_id) }));
}

function insert<Page extends BuildPage>({ pages, build, keep }: { pages: readonly Page[]; build: BuildSummary; keep: number | undefined }): readonly Page[] {
  const at = pages.findIndex((page, index) => {
    const oldest = page.builds.at(-1);
    const isEnd = index === pages.length - 1 && (page.next_cursor === null || page.builds.length === 0);
    return isEnd || (oldest !== undefined && build.build_id > oldest.build_id);
  });
  if (at === -1) return pages;
  return pages.map((page, index) => {
    const grown = { ...page, total: page.total + 1 };
    if (index !== at) return grown;
    const builds = [...page.builds, build].toSorted((a, b) => (a.build_id < b.build_id ? 1 : -1));
    return { ...grown, builds: keep === undefined ? builds : builds.slice(0, keep) };
  });
}
