"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { LogStore } from "~/components/log-viewer/log-store";
import { isFinal } from "~/domain/statuses";
import type { BuildDetail } from "~/server/api/schemas/builds";
import { useTRPC, useTRPCClient } from "~/trpc/client";
import { onReconnect } from "~/trpc/connection";
import { describeError } from "~/trpc/describe-error";
import { usePageActive } from "~/trpc/page-activity";
import { usePageSettled } from "~/trpc/use-page-settled";
import { applyFrame, reconcileBuild, startLiveBuild, type LiveBuild } from "./live-build";

const REFETCH_TRIES = 4;
const FRESH_MS = 5000;

export interface LiveBuildView {
  build: BuildDetail;
  messages: Readonly<Record<string, string>>;
  /** The log of a stage; the same one as long as the page lives. */
  getLog(stage: string): LogStore;
  /** Why live updates ended before the build did; null while they go on. */
  stopped: string | null;
  /** Asks for the whole build again. */
  refetch(): Promise<void>;
}

/**
 * One build, kept up to date by one subscription from the event where `initial` stands until the build is over.
 * Mount it with the build's id as key: another build is another state.
 */
export function useLiveBuild({ initial, fetchedAt }: { initial: BuildDetail; /** Epoch ms. */ fetchedAt: number }): LiveBuildView {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const active = usePageActive();
  const settled = usePageSettled();
  const buildId = initial.build_id;
  const [live, setLive] = useState(() => startLiveBuild({ build: initial }));
  const [stopped, setStopped] = useState<string | null>(null);
  const [span, setSpan] = useState({ on: true, cursor: initial.last_event_id });
  const latest = useRef(live);
  const logs = useRef(new Map<string, LogStore>());
  const frame = useRef<number | null>(null);
  const fetching = useRef<Promise<void> | null>(null);

  const getLog = useCallback((stage: string) => {
    const known = logs.current.get(stage);
    if (known) return known;
    const log = new LogStore();
    log.setTotal(latest.current.build.stages.find((each) => each.key === stage)?.log_lines ?? 0);
    logs.current.set(stage, log);
    return log;
  }, []);

  const show = useCallback((next: LiveBuild) => {
    latest.current = next;
    // A burst of frames is one render.
    frame.current ??= requestAnimationFrame(() => {
      frame.current = null;
      setLive(latest.current);
    });
  }, []);
  useEffect(() => () => {
    if (frame.current !== null) cancelAnimationFrame(frame.current);
    frame.current = null;
  }, []);

  const refetch = useCallback((): Promise<void> => {
    const ask = async () => {
      for (let attempt = 1; ; attempt++) {
        try {
          const fetched = await client.builds.get.query({ build_id: buildId });
          // Only now: frames that came while we waited are in the latest state.
          show(reconcileBuild({ live: latest.current, fetched }));
          return;
        } catch (error) {
          // The stream has told the outcome already; what is missing then are artifacts and reports.
          if (!describeError(error).retryable || attempt === REFETCH_TRIES) return;
          await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt));
        }
      }
    };
    // One after the other, so that the last answer is newer than what asked for it.
    const next = (fetching.current ?? Promise.resolve()).then(ask);
    fetching.current = next;
    return next;
  }, [client, buildId, show]);

  // A tab that rests gives its stream back; when it is looked at again it carries on from where it was.
  useEffect(() => {
    setSpan((before) => (before.on === active ? before : { on: active, cursor: active ? latest.current.streamedTo : before.cursor }));
  }, [active]);
  // Coming back to a page shows what was kept of it; what only the server knows (staleness, say) may have changed since.
  useEffect(() => {
    if (Date.now() - fetchedAt > FRESH_MS) void refetch();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- asked once, when the page is opened
  }, []);
  useEffect(() => onReconnect(() => void refetch()), [refetch]);

  useSubscription(
    trpc.builds.onEvent.subscriptionOptions(
      { build_id: buildId, lastEventId: span.cursor },
      {
        enabled: settled && span.on && stopped === null && !isFinal(live.build.status),
        onData: ({ data }) => {
          const applied = applyFrame({ live: latest.current, frame: data });
          if (applied.lines) getLog(applied.lines.stage).add(applied.lines.lines);
          if (applied.live !== latest.current) show(applied.live);
          if (applied.ended) void refetch();
        },
        onError: (error) => setStopped(describeError(error).message),
      },
    ),
  );

  useEffect(() => {
    for (const stage of live.build.stages) getLog(stage.key).setTotal(stage.log_lines);
    // So that coming back to the page starts from here.
    const kept: BuildDetail = { ...live.build, last_event_id: Math.min(live.lastEventId, live.streamedTo) };
    queryClient.setQueryData(trpc.builds.get.queryKey({ build_id: buildId }), kept);
    queryClient.setQueryData(trpc.builds.get.queryKey({ package: kept.package, number: kept.number }), kept);
  }, [live, getLog, queryClient, trpc, buildId]);

  return { build: live.build, messages: live.messages, getLog, stopped, refetch };
}
