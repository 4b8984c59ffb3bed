import "server-only";

import { dehydrate, HydrationBoundary, type FetchQueryOptions } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { cache, type ReactNode } from "react";
import type { AppRouter } from "~/server/api/root";
import { findApiFetch } from "./api-bridge";
import { createQueryClient } from "./query-client";

const getQueryClient = cache(createQueryClient);

/** Headers of the page's request that say who asks. */
const FORWARDED = ["cookie", "host", "origin", "user-agent", "x-forwarded-for", "x-forwarded-proto", "x-real-ip", "x-request-id"];

/** The API as the one who asked for this page: `api.builds.get.queryOptions(…)`. */
export const api = createTRPCOptionsProxy<AppRouter>({
  queryClient: getQueryClient,
  client: createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
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
 * Starts a query on the server and sends its answer along with the page. Await it where the first paint needs it; else
 * let it run, and the page streams. Never throws: what fails here is asked again by the browser, which shows the error.
 */
export async function prefetch<Data, Failure, Result, Key extends readonly unknown[]>(options: FetchQueryOptions<Data, Failure, Result, Key>): Promise<void> {
  if (findApiFetch() === null) return;
  await getQueryClient().prefetchQuery({ ...options, retry: false });
}

/** Hands what was prefetched to the client components inside. */
export function HydrateApi({ children }: { children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(getQueryClient())}>{children}</HydrationBoundary>;
}
