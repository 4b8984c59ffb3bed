"use client";

import { ClipboardList } from "lucide-react";
import { useMemo } from "react";
import { ErrorState } from "~/components/ui/error-state";
import { cn } from "~/components/ui/class-names";
import type { ArtifactView } from "~/server/api/schemas/builds";
import { parseCsv } from "./csv";
import { PREVIEW_HEIGHT, PreviewNote, PreviewSkeleton } from "./preview-frame";
import { useArtifactText } from "./use-artifact-text";

/** The bill of materials. */
export function BomTable({ artifact }: { artifact: ArtifactView }) {
  const { data, error, refetch, isFetching } = useArtifactText({ artifact });
  const [head = [], ...rows] = useMemo(() => (data === undefined ? [] : parseCsv({ text: data })), [data]);
  if (error !== null) {
    return <ErrorState className={PREVIEW_HEIGHT} title="The bill of materials could not be loaded" message={error.message} safe="The file is kept; it is in the Download menu as well." onRetry={() => void refetch()} retrying={isFetching} />;
  }
  if (data === undefined) return <PreviewSkeleton label="Loading the bill of materials…" />;
  if (rows.length === 0) return <PreviewNote icon={ClipboardList} title="No parts">This board has no parts to order.</PreviewNote>;
  return (
    <div tabIndex={0} role="region" aria-label="Bill of materials" className={cn("focus-inset overflow-auto", PREVIEW_HEIGHT)}>
      <table className="w-full border-collapse text-sm">
        <thead className="sticky top-0 bg-surface-muted">
          <tr>
            {head.map((title, index) => <th key={index} scope="col" className="px-4 py-2 text-left text-xs font-medium whitespace-nowrap text-muted">{title}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} className="border-t hover:bg-surface-muted">
              {head.map((_, column) => <td key={column} className={cn("px-4 py-1.5 align-top", column === 0 && "font-mono text-xs leading-5")}>{row[column] ?? ""}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
