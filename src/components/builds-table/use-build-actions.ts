"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { formatDuration } from "~/components/time/format-duration";
import { toast } from "~/components/ui/toast";
import { isFinal } from "~/domain/statuses";
import type { BuildSummary } from "~/server/api/schemas/builds";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";

export type RebuildMode = "stale" | "failed" | "all";

/** Rebuild and cancel from a list: the list itself shows what follows, a toast says that it began or why not. */
export function useBuildActions() {
  const trpc = useTRPC();
  const router = useRouter();
  const rebuild = useMutation(
    trpc.builds.rebuild.mutationOptions({
      onSuccess: (created) => {
        const href = `/${created.package}/builds/${created.number}`;
        toast.success(`Build #${created.number} of ${created.package} started`, { action: { label: "Watch", onClick: () => router.push(href) } });
      },
      onError: (error) => toast.error("The rebuild did not start", { description: describeError(error).message }),
    }),
  );
  const cancel = useMutation(
    trpc.builds.cancel.mutationOptions({
      onSuccess: (answer) => toast.success(`Cancelled in ${formatDuration(answer.cancelled_in_ms)}`, { description: "Everything it ran is confirmed dead." }),
      onError: (error) => toast.error("The build was not cancelled", { description: describeError(error).message }),
    }),
  );
  return {
    rebuild: ({ build, mode }: { build: BuildSummary; mode: RebuildMode }) => rebuild.mutate({ build_id: build.build_id, mode }),
    cancel: ({ build }: { build: BuildSummary }) => cancel.mutate({ build_id: build.build_id }),
    canCancel: (build: BuildSummary) => !isFinal(build.status) && !build.cancelling,
    canRebuild: (build: BuildSummary) => isFinal(build.status),
  };
}

export type BuildActions = ReturnType<typeof useBuildActions>;
