"use client";

import { useQuery } from "@tanstack/react-query";
import { Diff, Minus, Plus } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Skeleton } from "~/components/ui/skeleton";
import { useTRPC } from "~/trpc/client";

type Change = "added" | "removed" | "changed";

const SHOWN = 8;
const ICONS = { added: Plus, removed: Minus, changed: Diff };

/** What changed since it was green: this failed build beside the last successful one. */
export function CompareWithGreen({ buildId, packageName }: { buildId: string; packageName: string }) {
  const trpc = useTRPC();
  const { data, isError } = useQuery(trpc.builds.compareWithGreen.queryOptions({ build_id: buildId }, { staleTime: Infinity }));
  if (isError) return null;
  // A build that failed early made nothing: a list of all that is missing would say no more.
  const lost = data !== undefined && data.artifacts.length > 3 && data.artifacts.every((artifact) => artifact.change === "removed");
  return (
    <section aria-labelledby="since-green" className="flex flex-col gap-2 border-t px-4 py-3">
      <h2 id="since-green" className="text-xs font-medium text-muted">Since it was green</h2>
      {data === undefined ? <Skeleton className="h-12" /> : null}
      {data?.base === null ? <p className="text-xs text-muted">No build of this package has been successful yet.</p> : null}
      {data !== undefined && data.base !== null ? (
        <>
          <p className="text-xs">
            Beside{" "}
            <Link href={`/${packageName}/builds/${data.base.number}`} className="text-accent underline underline-offset-3">build #{data.base.number}</Link>
            {data.files.length + data.toolchain.length + data.artifacts.length === 0 ? ": the same files and the same tools." : ":"}
          </p>
          <Changes title="Files" items={data.files.map((file) => ({ key: file.path, change: file.change, text: file.path }))} />
          <Changes
            title="Toolchain"
            items={data.toolchain.map((tool) => ({
              key: tool.name,
              change: tool.from === null ? "added" : tool.to === null ? "removed" : "changed",
              text: `${tool.name} ${[tool.from, tool.to].filter((version) => version !== null).join(" → ")}`,
            }))}
          />
          {lost ? <p className="text-xs text-muted">None of its {data.artifacts.length} artifacts were made this time.</p> : null}
          <Changes title="Artifacts" items={lost ? [] : data.artifacts.map((artifact) => ({ key: artifact.name, change: artifact.change, text: artifact.name }))} />
        </>
      ) : null}
    </section>
  );
}

function Changes({ title, items }: { title: string; items: readonly { key: string; change: Change; text: string }[] }): ReactNode {
  if (items.length === 0) return null;
  return (
    <div className="flex flex-col gap-0.5">
      <h3 className="text-xs text-muted">{title}</h3>
      <ul className="flex flex-col">
        {items.slice(0, SHOWN).map(({ key, change, text }) => {
          const Icon = ICONS[change];
          return (
            <li key={key} className="flex min-w-0 items-center gap-1.5 text-xs">
              <Icon role="img" aria-label={change} className="size-3 shrink-0 text-muted" />
              <span className="min-w-0 truncate font-mono" title={text}>{text}</span>
            </li>
          );
        })}
      </ul>
      {items.length > SHOWN ? <p className="text-xs text-muted">and {items.length - SHOWN} more</p> : null}
    </div>
  );
}
