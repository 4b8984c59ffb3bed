"use client";

import { useMemo } from "react";
import type { LogSource } from "~/components/log-viewer/log-source";
import { useTRPCClient } from "~/trpc/client";

/** The log of one stage of a build, read from the server. */
export function useBuildLogSource({ buildId, stage, fileName }: { buildId: string; stage: string; fileName: string }): LogSource {
  const client = useTRPCClient();
  return useMemo<LogSource>(
    () => ({
      fileName,
      async loadLines({ from, limit }) {
        const { logs } = await client.builds.logs.query({ build_id: buildId, stage, from_stage_line: from, limit });
        return logs.map((line) => ({ stageLine: line.stage_line, stream: line.stream, createdAt: line.created_at, message: line.message }));
      },
      async searchLines({ query, stream }) {
        const { count, matches } = await client.builds.searchLog.query({ build_id: buildId, stage, q: query, ...(stream && { stream }) });
        return { count, lines: matches.map((match) => match.stage_line) };
      },
      async loadText() {
        const response = await fetch(`/api/v1/builds/${buildId}/logs?stage=${encodeURIComponent(stage)}`, { headers: { accept: "text/plain" } });
        if (!response.ok) throw new Error(`The log could not be read (${response.status}).`);
        return response.text();
      },
    }),
    [client, buildId, stage, fileName],
  );
}
