"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "~/components/ui/toast";
import { formatDuration } from "~/components/time/format-duration";
import { isFinal } from "~/domain/statuses";
import type { BuildDetail } from "~/server/api/schemas/builds";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";

export type RebuildMode = BuildDetail["mode"];

export interface BuildActions {
  canRebuild: boolean;
  canCancel: boolean;
  /** Asked to stop and not confirmed yet. */
  cancelling: boolean;
  /** A rebuild is being asked for. */
  rebuilding: boolean;
  rebuild(mode: RebuildMode): void;
  cancel(): void;
}

export interface BuildActionsOptions {
  build: BuildDetail;
  /** A new build of the same release has begun. */
  onCreated: (created: { build_id: string; number: number; package: string }) => void;
  refetch: () => Promise<void>;
}

/** Rebuild and cancel, with what to tell when they are refused. */
export function useBuildActions({ build, onCreated, refetch }: BuildActionsOptions): BuildActions {
  const trpc = useTRPC();
  const [asked, setAsked] = useState(false);
  const over = isFinal(build.status);
  const rebuildMutation = useMutation(
    trpc.builds.rebuild.mutationOptions({
      onSuccess: onCreated,
      onError: (error) => {
        const { code, message } = describeError(error);
        toast.error(code === "build_in_progress" ? "A build of this release is already under way" : "The rebuild could not be started", { description: message });
      },
    }),
  );
  const cancelMutation = useMutation(
    trpc.builds.cancel.mutationOptions({
      onMutate: () => setAsked(true),
      onSuccess: ({ cancelled_in_ms }) => {
        toast.success(`Cancelled in ${formatDuration(cancelled_in_ms)}`);
        void refetch();
      },
      onError: (error) => {
        setAsked(false);
        const { code, message } = describeError(error);
        if (code === "build_not_cancellable") void refetch();
        else toast.error("The build could not be cancelled", { description: message });
      },
    }),
  );
  const canRebuild = build.can_write && over && !rebuildMutation.isPending;
  const cancelling = !over && (asked || build.cancelling);
  const canCancel = build.can_write && !over && !cancelling;
  return {
    canRebuild,
    canCancel,
    cancelling,
    rebuilding: rebuildMutation.isPending,
    rebuild: (mode) => canRebuild && rebuildMutation.mutate({ build_id: build.build_id, mode }),
    cancel: () => canCancel && cancelMutation.mutate({ build_id: build.build_id }),
  };
}
