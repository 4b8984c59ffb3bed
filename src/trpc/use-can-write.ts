"use client";

import { useCallback } from "react";
import { useMe } from "./use-me";

/** May I build, cancel and change there? What the pages offer; the server decides. `package` is `workspace/name`. */
export function useCanWrite(): (options: { package: string }) => boolean {
  const me = useMe();
  return useCallback(
    (options) => {
      if (me === undefined || me.user === null) return false;
      if (me.user.role === "admin") return true;
      const membership = me.workspaces.find((each) => options.package.startsWith(`${each.slug}/`));
      return membership !== undefined && membership.role !== "viewer";
    },
    [me],
  );
}
