"use client";

import { useQuery } from "@tanstack/react-query";
import { FileQuestion, FileText } from "lucide-react";
import { useMemo, useState } from "react";
import { formatBytes } from "~/components/format/format-bytes";
import { Button } from "~/components/ui/button";
import { cn } from "~/components/ui/class-names";
import { ErrorState } from "~/components/ui/error-state";
import type { BuildDetail } from "~/server/api/schemas/builds";
import { useTRPC } from "~/trpc/client";
import { isTextArtifact } from "./board-artifacts";
import { CodeView } from "./code-view";
import { listFiles, type ShownFile } from "./list-files";
import { PREVIEW_HEIGHT, PreviewNote, PreviewSkeleton } from "./preview-frame";
import { LARGEST_TEXT, useArtifactText } from "./use-artifact-text";

/** Sources of the release and everything the build made. Sources are shown for the newest build alone: an older one had others. */
export function FilesView({ build }: { build: BuildDetail }) {
  const trpc = useTRPC();
  const release = useQuery(trpc.releases.get.queryOptions({ release_id: build.release_id }, { enabled: build.is_latest }));
  const groups = useMemo(() => listFiles({ sources: build.is_latest ? (release.data?.files ?? []) : [], artifacts: build.artifacts }), [build, release.data]);
  const files = groups.flatMap((group) => group.files);
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = files.find((file) => file.key === chosen) ?? files[0];
  if (shown === undefined) {
    return build.is_latest && release.isPending ? <PreviewSkeleton label="Loading the files…" /> : <PreviewNote icon={FileQuestion} title="No files">This build made no files.</PreviewNote>;
  }
  return (
    <div className={cn("flex max-md:flex-col", PREVIEW_HEIGHT)}>
      <nav aria-label="Files" className="w-60 shrink-0 overflow-y-auto border-r py-2 max-md:hidden">
        {groups.map((group) => (
          <section key={group.title} className="flex flex-col pb-2">
            <h2 className="px-3 py-1 text-xs text-muted">{group.title}</h2>
            {group.files.map((file) => (
              <button
                key={file.key}
                type="button"
                aria-current={file.key === shown.key ? "true" : undefined}
                onClick={() => setChosen(file.key)}
                className={cn("focus-inset truncate px-3 py-1 text-left font-mono text-xs hover:bg-surface-hover", file.key === shown.key && "bg-accent-soft text-accent")}
                title={file.path}
              >
                {group.title === "Sources" || !file.path.includes("/") ? file.path : file.path.slice(group.title.length + 1)}
              </button>
            ))}
          </section>
        ))}
      </nav>
      <label className="border-b p-2 md:hidden">
        <span className="sr-only">File</span>
        <select value={shown.key} onChange={(event) => setChosen(event.target.value)} className="h-9 w-full rounded-md border bg-surface px-2 font-mono text-[16px]">
          {groups.map((group) => (
            <optgroup key={group.title} label={group.title}>
              {group.files.map((file) => <option key={file.key} value={file.key}>{file.path}</option>)}
            </optgroup>
          ))}
        </select>
      </label>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        {shown.kind === "source" ? <SourceFile key={shown.key} file={shown} releaseId={build.release_id} /> : <ArtifactFile key={shown.key} file={shown} />}
      </div>
    </div>
  );
}

function SourceFile({ file, releaseId }: { file: ShownFile; releaseId: string }) {
  const trpc = useTRPC();
  const { data, error, refetch, isFetching } = useQuery(trpc.releases.readFile.queryOptions({ release_id: releaseId, path: file.path }));
  if (error !== null) return <ErrorState className="flex-1" title={`${file.path} could not be read`} message={error.message} onRetry={() => void refetch()} retrying={isFetching} />;
  if (data === undefined) return <PreviewSkeleton label={`Loading ${file.path}…`} />;
  if (data.content === null) return <PreviewNote icon={FileText} title={file.path}>{formatBytes(file.size)} that are no text.</PreviewNote>;
  return <CodeView code={data.content} path={file.path} contentKey={file.sha256} />;
}

function ArtifactFile({ file }: { file: ShownFile & { kind: "artifact" } }) {
  const isText = isTextArtifact(file.artifact);
  const { data, error, refetch, isFetching } = useArtifactText({ artifact: isText ? file.artifact : null });
  if (!isText || file.size > LARGEST_TEXT) {
    return (
      <PreviewNote icon={FileText} title={file.path}>
        <p>{formatBytes(file.size)}, {file.artifact.media_type}</p>
        <Button asChild className="mt-3"><a href={file.artifact.url} download={file.path.split("/").at(-1)}>Download</a></Button>
      </PreviewNote>
    );
  }
  if (error !== null) return <ErrorState className="flex-1" title={`${file.path} could not be loaded`} message={error.message} onRetry={() => void refetch()} retrying={isFetching} />;
  if (data === undefined) return <PreviewSkeleton label={`Loading ${file.path}…`} />;
  return <CodeView code={data} path={file.path} contentKey={file.sha256} />;
}
