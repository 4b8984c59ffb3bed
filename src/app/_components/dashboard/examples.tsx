"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { KindIcon } from "~/components/status/kind-icon";
import { ErrorState } from "~/components/ui/error-state";
import { Skeleton } from "~/components/ui/skeleton";
import { Spinner } from "~/components/ui/spinner";
import { toast } from "~/components/ui/toast";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";

const GRID = "grid grid-cols-1 gap-3 md:grid-cols-3";

/** Real packages, each built by one click: the press makes the package and goes to its live build. */
export function Examples() {
  const trpc = useTRPC();
  const router = useRouter();
  const [chosen, setChosen] = useState<string | null>(null);
  const query = useQuery(trpc.examples.list.queryOptions());
  const build = useMutation(
    trpc.examples.build.mutationOptions({
      onSuccess: (created) => router.push(`/${created.package}/builds/${created.number}`),
      onError: (error) => {
        setChosen(null);
        toast.error("The example could not be built", { description: describeError(error).message });
      },
    }),
  );

  if (query.isPending) return <div className={GRID} role="status" aria-label="Loading examples">{[0, 1, 2].map((index) => <Skeleton key={index} className="h-30" />)}</div>;
  if (query.isError) return <ErrorState className="rounded-lg border bg-surface" title="The examples could not be loaded" message={describeError(query.error).message} onRetry={() => void query.refetch()} retrying={query.isRefetching} />;
  return (
    <div className={GRID}>
      {query.data.examples.map((example) => (
        <button
          key={example.slug}
          type="button"
          disabled={chosen !== null}
          onClick={() => {
            setChosen(example.slug);
            build.mutate({ slug: example.slug });
          }}
          className="group flex min-h-30 flex-col items-start gap-2 rounded-lg border bg-surface p-4 text-left transition-colors hover:border-border-strong disabled:opacity-60"
        >
          <span className="flex w-full items-center gap-2 font-semibold">
            <KindIcon kind={example.kind} />
            {example.title}
          </span>
          <span className="text-sm text-pretty text-muted">{example.description}</span>
          <span className="mt-auto flex items-center gap-1 pt-1 text-sm font-medium text-accent">
            {chosen === example.slug ? <><Spinner className="size-3.5" />Starting…</> : <>Build it<ArrowRight aria-hidden className="size-3.5 transition-transform group-hover:translate-x-0.5" /></>}
          </span>
        </button>
      ))}
    </div>
  );
}
