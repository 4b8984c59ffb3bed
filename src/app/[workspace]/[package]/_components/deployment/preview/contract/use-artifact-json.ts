"use client";

import { useMemo } from "react";
import type { z } from "zod";
import type { ArtifactView } from "~/server/api/schemas/builds";
import { useArtifactText } from "../use-artifact-text";

export interface ArtifactJson<Value> {
  value: Value | undefined;
  /** Why there is no value; null while it is on its way. */
  problem: string | null;
  retry: () => void;
  retrying: boolean;
}

/** A JSON artifact, checked against the shape that the pipeline writes. */
export function useArtifactJson<Value>({ artifact, schema }: { artifact: ArtifactView | null; schema: z.ZodType<Value> }): ArtifactJson<Value> {
  const { data, error, refetch, isFetching } = useArtifactText({ artifact });
  const read = useMemo(() => {
    if (data === undefined) return null;
    try {
      return schema.safeParse(JSON.parse(data));
    } catch {
      return { success: false as const };
    }
  }, [data, schema]);
  return {
    value: read?.success === true ? read.data : undefined,
    problem: error !== null ? error.message : read?.success === false ? `${artifact?.name ?? "The file"} is not of the shape this page knows: it was made by another version of Slipway.` : null,
    retry: () => void refetch(),
    retrying: isFetching,
  };
}
