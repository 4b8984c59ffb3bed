"use client";

import { FileWarning } from "lucide-react";
import { useState } from "react";
import { Badge } from "~/components/ui/badge";
import { Button } from "~/components/ui/button";
import { cn } from "~/components/ui/class-names";
import { CopyButton } from "~/components/ui/copy-button";
import { ErrorState } from "~/components/ui/error-state";
import type { ArtifactView } from "~/server/api/schemas/builds";
import { CodeView } from "../code-view";
import { PREVIEW_HEIGHT, PreviewNote, PreviewSkeleton } from "../preview-frame";
import { LARGEST_TEXT, useArtifactText } from "../use-artifact-text";
import type { ContractSource } from "./contract-artifacts";
import { DiffView } from "./diff-view";

const SIDES = [
  { side: "final", title: "Mended" },
  { side: "diff", title: "What changed" },
  { side: "generated", title: "As written" },
] as const;
type Side = (typeof SIDES)[number]["side"];

/** The Solidity of a build. Where the audit mended a file, both are there and what changed between them. */
export function SourceView({ sources }: { sources: readonly ContractSource[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [side, setSide] = useState<Side>("final");
  const source = sources.find((each) => each.path === chosen) ?? sources.find((each) => each.mended) ?? sources[0];
  if (source === undefined) return null;
  const shown = source.mended ? side : "final";
  const artifact = shown === "generated" ? source.generated : (source.final ?? source.generated);
  return (
    <div className={cn("flex flex-col overflow-hidden", PREVIEW_HEIGHT)}>
      <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-1">
        {sources.length === 1 ? (
          <span className="min-w-0 truncate font-mono text-xs">{source.path}</span>
        ) : (
          <select aria-label="Source file" value={source.path} onChange={(event) => setChosen(event.target.value)} className="h-7 max-w-full min-w-0 rounded-md border border-border-strong/70 bg-surface px-1.5 font-mono text-xs max-sm:text-[16px]">
            {sources.map((each) => <option key={each.path} value={each.path}>{each.path}{each.mended ? " (mended)" : ""}</option>)}
          </select>
        )}
        {source.mended ? <Badge tone={source.refused ? "failed" : "stale"} title={source.refused ? "The audit's fixes changed it, and it did not pass either: nothing is deployed" : "The audit's fixes changed it; what is deployed is the mended file"}>{source.refused ? "mended, and did not pass" : "mended by the audit"}</Badge> : null}
        <div className="ml-auto flex items-center gap-1">
          {source.mended ? (
            <div role="group" aria-label="Which version" className="flex gap-0.5">
              {SIDES.map((each) => (
                <Button key={each.side} size="sm" variant="ghost" aria-pressed={shown === each.side} className={cn(shown === each.side && "bg-surface-hover text-foreground")} onClick={() => setSide(each.side)}>{each.title}</Button>
              ))}
            </div>
          ) : null}
        </div>
      </div>
      {shown === "diff" && source.generated !== null && source.final !== null ? (
        <SourceDiff key={source.path} path={source.path} before={source.generated} after={source.final} />
      ) : artifact === null ? null : (
        <SourceText key={artifact.sha256} path={source.path} artifact={artifact} />
      )}
    </div>
  );
}

function SourceText({ path, artifact }: { path: string; artifact: ArtifactView }) {
  const { data, error, refetch, isFetching } = useArtifactText({ artifact });
  if (artifact.size > LARGEST_TEXT) return <TooLarge artifact={artifact} />;
  if (error !== null) return <LoadProblem path={path} error={error} onRetry={() => void refetch()} retrying={isFetching} />;
  if (data === undefined) return <PreviewSkeleton label={`Loading ${path}…`} />;
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <CodeView code={data} path={path} contentKey={artifact.sha256} />
      <CopyButton text={data} what="source" className="absolute top-2 right-4 border bg-surface-raised" />
    </div>
  );
}

function SourceDiff({ path, before, after }: { path: string; before: ArtifactView; after: ArtifactView }) {
  const left = useArtifactText({ artifact: before });
  const right = useArtifactText({ artifact: after });
  const failed = left.error === null ? right : left;
  if (Math.max(before.size, after.size) > LARGEST_TEXT) return <TooLarge artifact={after} />;
  if (failed.error !== null) return <LoadProblem path={path} error={failed.error} onRetry={() => void failed.refetch()} retrying={failed.isFetching} />;
  if (left.data === undefined || right.data === undefined) return <PreviewSkeleton label={`Loading ${path}…`} />;
  return <DiffView path={path} before={{ text: left.data, key: before.sha256 }} after={{ text: right.data, key: after.sha256 }} />;
}

function LoadProblem({ path, error, onRetry, retrying }: { path: string; error: Error; onRetry: () => void; retrying: boolean }) {
  return <ErrorState className="flex-1" title={`${path} could not be loaded`} message={error.message} safe="The file is kept; it is in the Download menu as well." onRetry={onRetry} retrying={retrying} />;
}

function TooLarge({ artifact }: { artifact: ArtifactView }) {
  return (
    <PreviewNote icon={FileWarning} title="Too large to show here">
      <a href={artifact.url} download={artifact.name.split("/").at(-1)} className="text-accent underline underline-offset-3">Download {artifact.name}</a>
    </PreviewNote>
  );
}
