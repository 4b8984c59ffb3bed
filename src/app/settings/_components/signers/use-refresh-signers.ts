"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "~/trpc/client";

/** Asks again for all that a key which was set or removed changes: the keys, whether chains have one, and who did it. */
export function useRefreshSigners(): () => Promise<unknown> {
  const trpc = useTRPC();
  const client = useQueryClient();
  return () => Promise.all([trpc.signers.list, trpc.chains.list, trpc.workspaces.auditLog].map((procedure) => client.invalidateQueries({ queryKey: procedure.pathKey() })));
}
