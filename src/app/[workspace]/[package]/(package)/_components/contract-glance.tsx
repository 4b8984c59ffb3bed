"use client";

import { useQuery } from "@tanstack/react-query";
import { BadgeCheck, Link2Off } from "lucide-react";
import Link from "next/link";
import { StatusIcon } from "~/components/status/status-icon";
import { STATUS_WORDS } from "~/components/status/status-words";
import { Badge } from "~/components/ui/badge";
import { CopyButton } from "~/components/ui/copy-button";
import { EmptyState } from "~/components/ui/empty-state";
import { Skeleton } from "~/components/ui/skeleton";
import { isFinal } from "~/domain/statuses";
import type { BuildDetail, DeploymentView } from "~/server/api/schemas/builds";
import { useTRPC } from "~/trpc/client";

const PARTS = [["source", "Source"], ["abi", "ABI"], ["audit", "Audit"], ["gas", "Gas and size"], ["deployments", "Deployments"]] as const;

/** A contract has no picture: where it is, chain by chain, and the way to its parts. `href` is the release's page. */
export function ContractGlance({ buildId, href }: { buildId: string; href: string }) {
  const trpc = useTRPC();
  const { data: build } = useQuery(trpc.builds.get.queryOptions({ build_id: buildId }));
  return (
    <>
      {build === undefined ? <div className="p-4"><Skeleton className="h-6" /></div> : <Lanes build={build} />}
      <nav aria-label="Parts of the release" className="flex flex-wrap gap-x-4 gap-y-1 border-t px-4 py-2.5 text-sm">
        {PARTS.map(([view, title]) => <Link key={view} href={`${href}?view=${view}`} className="rounded-sm text-accent underline-offset-3 hover:underline">{title}</Link>)}
      </nav>
    </>
  );
}

function Lanes({ build }: { build: BuildDetail }) {
  if (build.deployments.length > 0) return <ul aria-label="Where it is deployed" className="divide-y">{build.deployments.map((lane) => <Lane key={lane.chain_id} lane={lane} />)}</ul>;
  // What a build before it put on a chain is there still.
  const [title, why] =
    build.status === "successful"
      ? ["It is on no chain", "None was chosen. What is built and audited can be put on one from the page of the release."]
      : [isFinal(build.status) ? "Its latest build deployed nothing" : "Not deployed yet", `Build #${build.number} ${isFinal(build.status) ? "did not come" : "has not come"} as far as the deployment.`];
  return <EmptyState className="py-8" icon={Link2Off} title={title} description={why} />;
}

function Lane({ lane }: { lane: DeploymentView }) {
  return (
    <li className="flex min-h-10 flex-wrap items-center gap-x-2.5 gap-y-1 px-4 py-2">
      <StatusIcon decorative status={lane.status} />
      <span className="font-medium">{lane.chain_name}</span>
      <span className="text-xs text-muted tabular-nums">{lane.chain_id}</span>
      {lane.verified ? <Badge tone="successful" title="The code on the chain is the compiled one"><BadgeCheck aria-hidden />verified</Badge> : null}
      {lane.address === null ? (
        <span className="ml-auto text-xs text-muted">{STATUS_WORDS[lane.status]}</span>
      ) : (
        <span className="ml-auto flex min-w-0 items-center gap-1"><code className="min-w-0 text-xs break-all">{lane.address}</code><CopyButton text={lane.address} what={`address on ${lane.chain_name}`} className="shrink-0" /></span>
      )}
    </li>
  );
}
