"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "./client";

/** Who is signed in (`user: null` for nobody); undefined while it loads. */
export function useMe() {
  const trpc = useTRPC();
  return useQuery(trpc.me.get.queryOptions(undefined, { staleTime: 5 * 60_000 })).data;
}
