"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { formatDuration } from "~/components/time/format-duration";
import { toast } from "~/components/ui/toast";
import { isFinal } from "~/domain/statuses";
import type { BuildSummary } from "~/server/api/schemas/builds";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";

export type RebuildMode = BuildSummary["mode"];
type Acted = Pick<BuildSummary, "build_id" | "status" | "cancelling">;

export interface StartedBuild {
  build_id: string;
  number: number;
  package: string;
}

export interface BuildActionsOptions {
  /** A new build of the same release has begun. Default: a toast that leads to it. */
  onCreated?: (created: StartedBuild) => void;
  /** A build was cancelled, or was over before it could be: what is known of it is old. */
  onCancelled?: () => void;
}

export interface BuildActions {
  canRebuild(build: Acted): boolean;
  canCancel(build: Acted): boolean;
  /** Asked to stop and not confirmed yet. */
  isCancelling(build: Acted): boolean;
  /** A rebuild of it is being asked for. */
  isRebuilding(build: Acted): boolean;
  rebuild(options: { build: Acted; mode: RebuildMode }): void;
  cancel(options: { build: Acted }): void;
}

/** Rebuild and cancel, of one build or of any in a list, with what to tell when they are refused. Whether the reader may is not decided here. */
export function useBuildActions({ onCreated, onCancelled }: BuildActionsOptions = {}): BuildActions {
  const trpc = useTRPC();
  const router = useRouter();
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  const announce = (created: StartedBuild) => {
    const href = `/${created.package}/builds/${created.number}`;
    toast.success(`Build #${created.number} of ${created.package} started`, { action: { label: "Watch", onClick: () => router.push(href) } });
  };
  const rebuild = useMutation(
    trpc.builds.rebuild.mutationOptions({
      onSuccess: onCreated ?? announce,
      onError: (error) => {
        const { code, message } = describeError(error);
        toast.error(code === "build_in_progress" ? "A build of this release is already under way" : "The rebuild could not be started", { description: message });
      },
    }),
  );
  const cancel = useMutation(
    trpc.builds.cancel.mutationOptions({
      onMutate: ({ build_id }) => setAsked((before) => new Set([...before, build_id])),
      onSuccess: ({ cancelled_in_ms }) => {
        toast.success(`Cancelled in ${formatDuration(cancelled_in_ms)}`, { description: "Everything it ran is confirmed dead." });
        onCancelled?.();
      },
      onError: (error, { build_id }) => {
        setAsked((before) => new Set([...before].filter((id) => id !== build_id)));
        const { code, message } = describeError(error);
        if (code === "build_not_cancellable" && onCancelled !== undefined) onCancelled();
        else toast.error("The build could not be cancelled", { description: message });
      },
    }),
  );
  const isRebuilding = (build: Acted) => rebuild.isPending && rebuild.variables.build_id === build.build_id;
  const isCancelling = (build: Acted) => !isFinal(build.status) && (asked.has(build.build_id) || build.cancelling);
  const canRebuild = (build: Acted) => isFinal(build.status) && !isRebuilding(build);
  const canCancel = (build: Acted) => !isFinal(build.status) && !isCancelling(build);
  return {
    canRebuild,
    canCancel,
    isCancelling,
    isRebuilding,
    rebuild: ({ build, mode }) => canRebuild(build) && rebuild.mutate({ build_id: build.build_id, mode }),
    cancel: ({ build }) => canCancel(build) && cancel.mutate({ build_id: build.build_id }),
  };
}
