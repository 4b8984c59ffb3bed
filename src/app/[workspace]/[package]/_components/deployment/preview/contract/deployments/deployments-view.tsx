"use client";

import { Link2Off, Plus, RotateCw } from "lucide-react";
import { useState } from "react";
import type { StartedBuild } from "~/components/builds/use-build-actions";
import { Button } from "~/components/ui/button";
import { isFinal } from "~/domain/statuses";
import type { BuildDetail } from "~/server/api/schemas/builds";
import { MissingNote } from "../../missing-note";
import { PreviewNote } from "../../preview-frame";
import { PreviewScroll } from "../preview-scroll";
import { AddChainDialog } from "./add-chain-dialog";
import { DeploymentRow } from "./deployment-row";
import { useDeploy } from "./use-deploy";

/** Where the contract is, chain by chain, live; and the way to more chains. */
export function DeploymentsView({ build, onDeploying }: { build: BuildDetail; onDeploying: (created: StartedBuild) => void }) {
  const { deployments: lanes } = build;
  const [workspace = ""] = build.package.split("/");
  const [adding, setAdding] = useState<readonly number[] | null>(null);
  const { deploy, deploying } = useDeploy({ buildId: build.build_id, onDeploying, onUnconfirmed: setAdding });
  const passed = build.artifacts.some((artifact) => artifact.name === "final/deployable.json");
  const over = isFinal(build.status);
  const mayDeploy = build.can_write && build.is_latest && over && passed;
  const failed = lanes.filter((lane) => lane.status === "failed" || lane.status === "cancelled");
  const live = lanes.filter((lane) => lane.status === "successful").map((lane) => lane.chain_id);
  const add = mayDeploy ? <Button size="sm" onClick={() => setAdding([])}><Plus aria-hidden />Add a chain</Button> : null;
  const dialog = adding === null ? null : <AddChainDialog build={build} without={live} initial={adding} onClose={() => setAdding(null)} onDeploying={onDeploying} />;

  if (lanes.length === 0) {
    return (
      <>
        {build.status === "successful" ? (
          <PreviewNote icon={Link2Off} title="It is on no chain">
            <p>None was chosen for this release. What is built and audited can be deployed as it is.</p>
            {add === null ? null : <div className="mt-3">{add}</div>}
          </PreviewNote>
        ) : (
          <MissingNote build={build} stage="deployment" what="deployment" icon={Link2Off}>No chain was chosen for this release.</MissingNote>
        )}
        {dialog}
      </>
    );
  }
  return (
    <PreviewScroll label="Deployments" className="flex flex-col">
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b px-4 py-1.5">
        <p role="status" className="text-sm text-muted">
          {live.length} of {lanes.length} {lanes.length === 1 ? "chain" : "chains"} {over ? "deployed" : "deployed so far"}
        </p>
        <div className="flex flex-wrap gap-2">
          {mayDeploy && failed.length > 1 ? (
            <Button size="sm" busy={deploying} onClick={() => deploy({ chainIds: failed.map((lane) => lane.chain_id) })}>{deploying ? null : <RotateCw aria-hidden />}Retry {failed.length} failed</Button>
          ) : null}
          {add}
        </div>
      </div>
      <ul className="flex flex-col divide-y">
        {lanes.map((lane) => (
          <DeploymentRow key={lane.chain_id} lane={lane} workspace={workspace} retry={mayDeploy && failed.includes(lane) ? { busy: deploying, ask: () => deploy({ chainIds: [lane.chain_id] }) } : null} />
        ))}
      </ul>
      {over && build.can_write && passed && !build.is_latest ? <p className="border-t px-4 py-3 text-xs text-muted">There is a newer build of this release: more chains are added there.</p> : null}
      {dialog}
    </PreviewScroll>
  );
}
