"use client";

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { Hammer } from "lucide-react";
import { useState } from "react";
import { Page } from "~/components/shell/page";
import { Button } from "~/components/ui/button";
import { EmptyState } from "~/components/ui/empty-state";
import { toast } from "~/components/ui/toast";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";
import { Deployment } from "../../_components/deployment/deployment";
import { DeploymentProblem } from "../../_components/deployment/deployment-problem";
import { DeploymentSkeleton } from "../../_components/deployment/deployment-skeleton";
import { EditFilesDialog } from "../../_components/deployment/edit/edit-files-dialog";
import { ReleaseActions } from "./release-actions";

/** A release: its newest build, live, and what can be done with the release itself. A build that begins takes the page over. */
export function ReleasePage({ packageName, version }: { packageName: string; version: string }) {
  const trpc = useTRPC();
  const release = useQuery(trpc.releases.get.queryOptions({ package: packageName, version }));
  const [created, setCreated] = useState<string | null>(null);
  const [place, setPlace] = useState<{ file: string | null; line?: number } | null>(null);
  // Ids sort by time: the newest that either side knows of.
  const buildId = [created, release.data?.latest_build?.build_id ?? null].filter((id) => id !== null).sort().at(-1) ?? null;
  const build = useQuery(trpc.builds.get.queryOptions({ build_id: buildId ?? "" }, { enabled: buildId !== null, staleTime: Infinity, placeholderData: keepPreviousData }));
  const first = useMutation(
    trpc.builds.create.mutationOptions({
      onSuccess: (started) => setCreated(started.build_id),
      onError: (error) => toast.error("The build could not be started", { description: describeError(error).message }),
    }),
  );
  const problem = release.error ?? build.error;
  const canEdit = release.data !== undefined && release.data.can_write && !release.data.locked;

  if (release.data === undefined || (buildId !== null && build.data === undefined)) {
    return (
      <Page>
        {problem === null ? <DeploymentSkeleton /> : <DeploymentProblem what="release" error={problem} packageName={packageName} onRetry={() => void (release.error === null ? build.refetch() : release.refetch())} retrying={release.isFetching || build.isFetching} />}
      </Page>
    );
  }
  const detail = release.data;
  return (
    <Page>
      {build.data === undefined ? (
        <EmptyState
          icon={Hammer}
          title={`${packageName} ${detail.version} was never built`}
          description="Its files are here. Build it to see what comes out."
          action={detail.can_write ? <Button variant="primary" busy={first.isPending} onClick={() => first.mutate({ release_id: detail.release_id })}>Build it</Button> : null}
        />
      ) : (
        <Deployment
          key={build.data.build_id}
          initial={build.data}
          fetchedAt={build.dataUpdatedAt}
          of="release"
          isLatest={detail.is_latest}
          locked={detail.locked}
          extra={detail.can_write ? <ReleaseActions release={detail} onEdit={() => setPlace({ file: null })} /> : null}
          onCreated={(next) => setCreated(next.build_id)}
          onEditFile={canEdit ? setPlace : null}
        />
      )}
      {place === null ? null : (
        <EditFilesDialog
          releaseId={detail.release_id}
          files={detail.files}
          place={place}
          onClose={() => setPlace(null)}
          onSaved={(next) => {
            setPlace(null);
            setCreated(next.build_id);
          }}
        />
      )}
    </Page>
  );
}
