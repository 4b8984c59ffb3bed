"use client";

import { useQuery } from "@tanstack/react-query";
import type { ArtifactView } from "~/server/api/schemas/builds";
import { describeError } from "~/trpc/describe-error";

/** Larger files are for downloading: a page that shows megabytes of text is of no use to anyone. */
export const LARGEST_TEXT = 1_000_000;

/** The text of an artifact. Its content never changes, so it is fetched once. */
export function useArtifactText({ artifact }: { artifact: ArtifactView | null }) {
  return useQuery({
    queryKey: ["artifact-text", artifact?.sha256 ?? null],
    enabled: artifact !== null && artifact.size <= LARGEST_TEXT,
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const response = await fetch(artifact?.url ?? "", { signal }).catch((cause: unknown) => {
        // The browser's own words ("Failed to fetch") tell nobody anything.
        throw new Error(describeError(cause).message, { cause });
      });
      if (!response.ok) throw new Error(`The server answered ${response.status}.`);
      return response.text();
    },
  });
}
