import { describe, expect, it } from "vitest";
import type { BuildSummary } from "~/server/api/schemas/builds";
import { matchesFilter } from "./matches-filter";
import { mergeBuild, type BuildPage } from "./merge-build";

function build(over: Partial<BuildSummary> = {}): BuildSummary {
  return {
    build_id: "build_05", number: 5, kind: "circuit", package: "ada/blinky", release_id: "rel_1", version: "1.0.0", commit_sha: null, ref: "main",
    trigger: "push", mode: "stale", requested_by: null, status: "building", cancelling: false, stages: [], error: null, labels: {}, insecure: false,
    created_at: "2030-01-01T00:00:00.000Z", started_at: null, completed_at: null, duration_ms: null, queue_wait_ms: null, cancelled_in_ms: null, ...over,
  };
}
const page = (ids: string[], next_cursor: string | null = null): BuildPage => ({ builds: ids.map((build_id) => build({ build_id })), total: 10, next_cursor });
const idsOf = (pages: readonly BuildPage[]) => pages.map((each) => each.builds.map((row) => row.build_id));

describe("matchesFilter", () => {
  it.each([
    [{}, "yes"],
    [{ status: ["building" as const, "pending" as const] }, "yes"],
    [{ status: ["failed" as const] }, "no"],
    [{ package: "ada/blinky", workspace: "ada", kind: "circuit" as const, trigger: "push" as const, ref: "main", release_id: "rel_1" }, "yes"],
    [{ workspace: "ad" }, "no"],
    [{ package: "ada/other" }, "no"],
    [{ trigger: "api" as const }, "no"],
    [{ ref: "dev" }, "no"],
    [{ q: "led" }, "unknown"],
    [{ q: "led", status: ["failed" as const] }, "no"],
    [{ label: { a: "b" } }, "unknown"],
  ])("%j: %s", (filter, answer) => {
    expect(matchesFilter({ filter, build: build() })).toBe(answer);
  });
});

describe("mergeBuild", () => {
  it("replaces a build where it stands", () => {
    const pages = mergeBuild({ pages: [page(["build_07", "build_05"]), page(["build_03"])], build: build({ status: "failed" }), belongs: true });
    expect(idsOf(pages)).toEqual([["build_07", "build_05"], ["build_03"]]);
    expect(pages[0]?.builds[1]?.status).toBe("failed");
    expect(pages[0]?.total).toBe(10);
  });

  it("puts a new build on top and counts it", () => {
    const pages = mergeBuild({ pages: [page(["build_03", "build_02"], "c"), page(["build_01"])], build: build(), belongs: true });
    expect(idsOf(pages)).toEqual([["build_05", "build_03", "build_02"], ["build_01"]]);
    expect(pages.map((each) => each.total)).toEqual([11, 11]);
  });

  it("puts the first build into an empty list", () => {
    expect(idsOf(mergeBuild({ pages: [page([])], build: build(), belongs: true }))).toEqual([["build_05"]]);
  });

  it("leaves a build older than what is loaded to its page", () => {
    const pages = [page(["build_09", "build_07"], "more")];
    expect(mergeBuild({ pages, build: build(), belongs: true })).toBe(pages);
  });

  it("takes out what no longer fits, and leaves a list alone that never had it", () => {
    const pages = [page(["build_07", "build_05"])];
    expect(mergeBuild({ pages, build: build(), belongs: false })).toMatchObject([{ total: 9, builds: [{ build_id: "build_07" }] }]);
    const others = [page(["build_07"])];
    expect(mergeBuild({ pages: others, build: build(), belongs: false })).toBe(others);
  });

  it("drops a late message about a finished build", () => {
    const finished: BuildPage = { builds: [build({ status: "successful" })], total: 1, next_cursor: null };
    const pages = [finished];
    expect(mergeBuild({ pages, build: build({ status: "building" }), belongs: true })).toBe(pages);
  });

  it("keeps a list at its length", () => {
    expect(idsOf(mergeBuild({ pages: [page(["build_03", "build_02"], "c")], build: build(), belongs: true, keep: 2 }))).toEqual([["build_05", "build_03"]]);
  });
});
