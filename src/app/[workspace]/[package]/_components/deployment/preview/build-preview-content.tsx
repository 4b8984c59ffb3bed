"use client";

import { Package } from "lucide-react";
import { KINDS } from "~/components/status/kind-icon";
import type { BuildDetail } from "~/server/api/schemas/builds";
import { CircuitPreview } from "./circuit-preview";
import { FilesView } from "./files-view";
import { PreviewNote } from "./preview-frame";

/** What came out of a build, shown as its kind is best shown; every other kind shows its files. */
export function BuildPreviewContent({ build }: { build: BuildDetail }) {
  if (build.kind === "circuit") return <CircuitPreview build={build} />;
  return (
    <div className="min-w-0 overflow-hidden rounded-lg border bg-surface">
      {build.artifacts.length > 0 ? <FilesView build={build} /> : <PreviewNote icon={Package} title={`${KINDS[build.kind].title} build`}>Nothing came out of it so far.</PreviewNote>}
    </div>
  );
}
