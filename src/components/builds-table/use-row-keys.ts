"use client";

import { useCallback, type RefObject } from "react";
import { useHotkeys } from "~/components/shell/use-hotkeys";
import type { BuildSummary } from "~/server/api/schemas/builds";
import type { BuildActions } from "../builds/use-build-actions";

export interface RowKeysOptions {
  tableRef: RefObject<HTMLTableElement | null>;
  searchRef: RefObject<HTMLInputElement | null>;
  builds: readonly BuildSummary[];
  actions: BuildActions;
  canWrite: (build: BuildSummary) => boolean;
}

/** `j`/`k` walk the rows by moving the focus to their links, so that Enter, a screen reader and the eye agree on where one is. */
export function useRowKeys({ tableRef, searchRef, builds, actions, canWrite }: RowKeysOptions): void {
  const step = useCallback(
    (by: 1 | -1) => {
      const links = [...(tableRef.current?.querySelectorAll<HTMLElement>("[data-row-link]") ?? [])];
      const at = links.findIndex((link) => link.closest("tr")?.contains(document.activeElement) === true);
      const next = at === -1 ? (by === 1 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + by));
      links[next]?.focus();
      links[next]?.closest("tr")?.scrollIntoView({ block: "nearest" });
    },
    [tableRef],
  );
  function withFocused(act: (build: BuildSummary) => void) {
    const id = document.activeElement?.closest("tr")?.dataset["buildId"];
    const build = builds.find((each) => each.build_id === id);
    if (build !== undefined && canWrite(build)) act(build);
  }
  useHotkeys({
    j: () => step(1),
    k: () => step(-1),
    "/": () => searchRef.current?.focus(),
    r: () => withFocused((build) => { if (actions.canRebuild(build)) actions.rebuild({ build, mode: "stale" }); }),
    c: () => withFocused((build) => { if (actions.canCancel(build)) actions.cancel({ build }); }),
  });
}
