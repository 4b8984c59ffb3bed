import "server-only";

import { dehydrate, HydrationBoundary, type FetchInfiniteQueryOptions, type QueryKey, type UseQueryOptions } from "@tanstack/react-query";
import { createTRPCClient, httpLink } from "@trpc/client";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { cache, type ReactNode } from "react";
import type { AppRouter } from "~/server/api/root";
import { findApiFetch } from "./api-bridge";
import { describeError } from "./describe-error";
import { createQueryClient } from "./query-client";

const getQueryClient = cache(createQueryClient);

/** Headers of the page's request that say who asks. */
const FORWARDED = ["cookie", "host", "origin", "user-agent", "x-forwarded-for", "x-forwarded-proto", "x-real-ip", "x-request-id"];

/** The API as the one who asked for this page: `api.builds.get.queryOptions(…)`. */
export const api = createTRPCOptionsProxy<AppRouter>({
  queryClient: getQueryClient,
  client: createTRPCClient<AppRouter>({
    links: [
      // Never one that batches: it would put together what several pages ask in one moment, as one of their readers.
      httpLink({
        // Never resolved: the bridge answers.
        url: "http://slipway.internal/api/trpc",
        async fetch(input, init) {
          const apiFetch = findApiFetch();
          if (apiFetch === null) throw new Error("The pages run without the Slipway server, so nothing can be prefetched.");
          const asked = await headers();
          const sent = new Headers(init?.headers);
          for (const name of FORWARDED) {
            const value = asked.get(name);
            if (value !== null) sent.set(name, value);
          }
          return apiFetch(new Request(String(input), { method: init?.method ?? "GET", headers: sent, body: init?.body ?? null }));
        },
      }),
    ],
  }),
});

/**
 * Asks on the server and sends the answer along with the page, so that its first paint has it. Await it: an answer that
 * comes between the server's drawing and the browser's would make the two differ. Never throws: what fails here is asked
 * again by the browser, which shows the error.
 */
export async function prefetch<Data, Failure, Result, Key extends QueryKey>(options: UseQueryOptions<Data, Failure, Result, Key>): Promise<void> {
  await fetchQuietly(options);
}

/** The same for a list that goes on by cursor; its first page. */
export async function prefetchList<Data, Failure, Result, Key extends QueryKey, Param>(
  options: FetchInfiniteQueryOptions<Data, Failure, Result, Key, Param>,
): Promise<void> {
  if (findApiFetch() === null) return;
  await getQueryClient().prefetchInfiniteQuery({ ...options, retry: false });
}

/** The answer itself, which goes along with the page too; undefined when it could not be had. */
export async function fetchQuietly<Data, Failure, Result, Key extends QueryKey>(options: UseQueryOptions<Data, Failure, Result, Key>): Promise<Data | undefined> {
  if (findApiFetch() === null) return undefined;
  try {
    return await getQueryClient().fetchQuery<Data, Failure, Data, Key>({ queryKey: options.queryKey, queryFn: options.queryFn, staleTime: Infinity, retry: false });
  } catch {
    return undefined;
  }
}

/** The same, but what does not exist, or may not be seen, answers the page with 404. */
export async function fetchOrNotFound<Data, Failure, Result, Key extends QueryKey>(options: UseQueryOptions<Data, Failure, Result, Key>): Promise<Data | undefined> {
  await fetchQuietly(options);
  const state = getQueryClient().getQueryState<Data>(options.queryKey);
  if (state?.error !== null && state?.error !== undefined && describeError(state.error).code === "not_found") notFound();
  return state?.data;
}

/** Hands what was prefetched to the client components inside. */
export function HydrateApi({ children }: { children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(getQueryClient())}>{children}</HydrationBoundary>;
}
