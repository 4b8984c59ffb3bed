"use client";

import { useQueryClient, type InfiniteData, type QueryClient, type QueryKey } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useCallback, useEffect, useRef } from "react";
import { z } from "zod";
import { isFinal } from "~/domain/statuses";
import { buildFilter } from "~/server/api/schemas/build-requests";
import type { BuildSummary } from "~/server/api/schemas/builds";
import type { PackageView } from "~/server/api/schemas/packages";
import { useTRPC } from "../client";
import { usePageActive } from "../page-activity";
import { usePageSettled } from "../use-page-settled";
import { matchesFilter } from "./matches-filter";
import { mergeBuild, type BuildPage } from "./merge-build";

/** The second part of a query's key, as the API's client makes it. */
const keyDetails = z.object({ input: buildFilter.extend({ limit: z.number().optional() }).optional(), type: z.string().optional() });

function isInfinite(key: QueryKey): boolean {
  return keyDetails.safeParse(key[1]).data?.type === "infinite";
}

/** Puts a changed build into every list that is loaded. Returns the keys of lists that have to be asked for again. */
function updateBuildLists({ client, pathKey, build }: { client: QueryClient; pathKey: QueryKey; build: BuildSummary }): QueryKey[] {
  const unclear: QueryKey[] = [];
  for (const [key] of client.getQueriesData({ queryKey: pathKey })) {
    const details = keyDetails.safeParse(key[1] ?? {});
    const filter = details.success ? (details.data.input ?? {}) : null;
    const match = filter === null ? "unknown" : matchesFilter({ filter, build });
    if (match === "unknown") {
      unclear.push(key);
      continue;
    }
    const belongs = match === "yes";
    if (isInfinite(key)) {
      client.setQueryData<InfiniteData<BuildPage>>(key, (data) => data && { ...data, pages: [...mergeBuild({ pages: data.pages, build, belongs })] });
    } else {
      client.setQueryData<BuildPage>(key, (page) => page && mergeBuild({ pages: [page], build, belongs, keep: filter?.limit })[0]);
    }
  }
  return unclear;
}

function withLatestBuild<View extends PackageView>(view: View, build: BuildSummary): View {
  if (view.package !== build.package || (view.latest_build !== null && view.latest_build.number > build.number)) return view;
  return { ...view, latest_build: build };
}

/**
 * Keeps every list and card of the app fresh from one subscription. What only the server can work out (previews, counts,
 * medians) is fetched again shortly after a build begins or ends, once for many changes.
 */
export function LiveBuilds() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const active = usePageActive();
  const settled = usePageSettled();
  const pending = useRef(new Map<string, QueryKey>());
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const refetchSoon = useCallback(
    (keys: readonly QueryKey[]) => {
      for (const key of keys) pending.current.set(JSON.stringify(key), key);
      timer.current ??= setTimeout(() => {
        timer.current = null;
        const due = [...pending.current.values()];
        pending.current.clear();
        for (const queryKey of due) void client.invalidateQueries({ queryKey });
      }, 250);
    },
    [client],
  );

  const refetchLists = useCallback(() => {
    refetchSoon([trpc.builds.list.pathKey(), trpc.packages.pathKey(), trpc.releases.pathKey(), trpc.builds.activity.pathKey()]);
  }, [refetchSoon, trpc]);

  useEffect(() => () => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
  }, []);

  useSubscription(
    trpc.builds.onChange.subscriptionOptions(
      {},
      {
        enabled: active && settled,
        onData: ({ build }) => {
          // The stream begins, for the first time, after a break or after a rest: what was told before went by.
          if (build === null) return refetchLists();
          const unclear = updateBuildLists({ client, pathKey: trpc.builds.list.pathKey(), build });
          let isKnown = false;
          client.setQueriesData<{ packages: PackageView[] }>({ queryKey: trpc.packages.list.pathKey(), predicate: (query) => !isInfinite(query.queryKey) }, (list) => {
            if (list === undefined) return list;
            isKnown ||= list.packages.some((each) => each.package === build.package);
            return { ...list, packages: list.packages.map((each) => withLatestBuild(each, build)) };
          });
          client.setQueriesData<PackageView>({ queryKey: trpc.packages.get.pathKey() }, (view) => view && withLatestBuild(view, build));
          const turns = isFinal(build.status) || build.status === "pending" || !isKnown;
          refetchSoon([...unclear, ...(turns ? [trpc.packages.pathKey(), trpc.releases.list.pathKey(), trpc.releases.get.pathKey(), trpc.builds.activity.pathKey()] : [])]);
        },
      },
    ),
  );
  return null;
}
