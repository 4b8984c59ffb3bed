"use client";

import { Package } from "lucide-react";
import type { StartedBuild } from "~/components/builds/use-build-actions";
import { KINDS } from "~/components/status/kind-icon";
import type { BuildDetail } from "~/server/api/schemas/builds";
import { CircuitPreview } from "./circuit-preview";
import { ContractPreview } from "./contract/contract-preview";
import { FilesView } from "./files-view";
import { PreviewNote } from "./preview-frame";

/** What came out of a build, shown as its kind is best shown; every other kind shows its files. */
export function BuildPreviewContent({ build, onDeploying }: { build: BuildDetail; /** A build that deploys its contract to more chains has begun. */ onDeploying: (created: StartedBuild) => void }) {
  if (build.kind === "circuit") return <CircuitPreview build={build} />;
  if (build.kind === "contract") return <ContractPreview build={build} onDeploying={onDeploying} />;
  return (
    <div className="min-w-0 overflow-hidden rounded-lg border bg-surface">
      {build.artifacts.length > 0 ? <FilesView build={build} /> : <PreviewNote icon={Package} title={`${KINDS[build.kind].title} build`}>Nothing came out of it so far.</PreviewNote>}
    </div>
  );
}
