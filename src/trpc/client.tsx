"use client";

import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, splitLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { useEffect, useState, type ReactNode } from "react";
import type { AppRouter } from "~/server/api/root";
import { describeClick, watchClicks } from "./click-trace";
import { onReconnect } from "./connection";
import { createQueryClient } from "./query-client";
import { noteServerTime } from "./server-clock";
import { createSubscriptionLinks } from "./subscription-links";

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

const API_PATH = "/api/trpc";

let browserQueryClient: QueryClient | null = null;

function getQueryClient(): QueryClient {
  if (typeof window === "undefined") return createQueryClient();
  // Kept outside React: a render that suspends before its first commit must find the same cache again.
  browserQueryClient ??= createQueryClient();
  return browserQueryClient;
}

function createClient({ traced }: { traced: boolean }) {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: createSubscriptionLinks({ url: API_PATH }),
        false: httpBatchLink({
          url: API_PATH,
          maxItems: 12,
          headers: ({ opList }) => (traced && opList.some((operation) => operation.type === "mutation") ? describeClick() : {}),
          async fetch(input, init) {
            const response = await fetch(input, { ...init, signal: init?.signal ?? null });
            noteServerTime({ header: response.headers.get("date") });
            return response;
          },
        }),
      }),
    ],
  });
}

/** Queries, mutations and subscriptions for every client component below. `traced`: writes tell the server which click they follow. */
export function ApiProvider({ traced, children }: { traced: boolean; children: ReactNode }) {
  const queryClient = getQueryClient();
  const [client] = useState(() => createClient({ traced }));
  useEffect(() => (traced ? watchClicks({ target: window }) : undefined), [traced]);
  // What failed while the server was away comes by itself; what is shown already is kept fresh by whoever shows it.
  useEffect(() => onReconnect(() => void queryClient.refetchQueries({ type: "active", predicate: (query) => query.state.status === "error" })), [queryClient]);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
