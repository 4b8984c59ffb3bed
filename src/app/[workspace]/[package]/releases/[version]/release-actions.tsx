"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FilePen, LockKeyhole, LockKeyholeOpen } from "lucide-react";
import { Button } from "~/components/ui/button";
import { toast } from "~/components/ui/toast";
import { Tooltip } from "~/components/ui/tooltip";
import type { ReleaseView } from "~/server/api/schemas/packages";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";

/** Edit the files of a release (one that was made of words has none), and lock it so that nobody does. */
export function ReleaseActions({ release, onEdit }: { release: ReleaseView & { files: readonly unknown[] }; onEdit: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const lock = useMutation(
    trpc.releases.setLocked.mutationOptions({
      onSuccess: ({ locked }) => {
        toast.success(locked ? "Locked: its files can’t be changed" : "Unlocked");
        return queryClient.invalidateQueries({ queryKey: trpc.releases.pathKey() });
      },
      onError: (error) => toast.error("That did not work", { description: describeError(error).message }),
    }),
  );
  const label = release.locked ? "Unlock this release" : "Lock this release";
  return (
    <>
      <Tooltip content={label}>
        <Button size="icon" aria-label={label} busy={lock.isPending} onClick={() => lock.mutate({ release_id: release.release_id, locked: !release.locked })}>
          {lock.isPending ? null : release.locked ? <LockKeyholeOpen aria-hidden /> : <LockKeyhole aria-hidden />}
        </Button>
      </Tooltip>
      {release.files.length === 0 ? null : (
        <Button onClick={onEdit} disabled={release.locked} title={release.locked ? "Unlock the release to edit its files" : undefined}>
          <FilePen aria-hidden />
          Edit files
        </Button>
      )}
    </>
  );
}
