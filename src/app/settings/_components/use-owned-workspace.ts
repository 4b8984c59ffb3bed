"use client";

import { parseAsString, useQueryState } from "nuqs";
import { useMe } from "~/trpc/use-me";

/** The workspace whose affairs the settings show: the one of the address if I own it, else my first. `slugs` undefined while it loads. */
export function useOwnedWorkspace(): { slugs: readonly string[] | undefined; workspace: string | undefined; choose: (slug: string) => void } {
  const slugs = useMe()?.workspaces.filter((each) => each.role === "owner").map((each) => each.slug);
  const [asked, setAsked] = useQueryState("workspace", parseAsString);
  return { slugs, workspace: slugs?.find((slug) => slug === asked) ?? slugs?.[0], choose: (slug) => void setAsked(slug) };
}
