"use client";

import { useState } from "react";
import type { StartedBuild } from "~/components/builds/use-build-actions";
import { ChainPicker, describeChainProblem, useChains, type ChainChoice } from "~/components/chains/chain-picker";
import { Button } from "~/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "~/components/ui/dialog";
import type { BuildDetail } from "~/server/api/schemas/builds";
import { useDeploy } from "./use-deploy";

export interface AddChainDialogProps {
  build: BuildDetail;
  /** Chains on which it is already. */
  without: readonly number[];
  /** Chosen already: chains to try again, a main network among them. */
  initial: readonly number[];
  onClose: () => void;
  onDeploying: (created: StartedBuild) => void;
}

/** Chooses more chains for a contract that is built. */
export function AddChainDialog({ build, without, initial, onClose, onDeploying }: AddChainDialogProps) {
  const isRetry = initial.length > 0;
  const [workspace = ""] = build.package.split("/");
  const [choice, setChoice] = useState<ChainChoice>({ ids: initial, confirmed: [] });
  const [tried, setTried] = useState(false);
  const { chains, chosen } = useChains({ workspace, choice });
  const { deploy, deploying } = useDeploy({ buildId: build.build_id, onDeploying });
  const left = chains?.filter((chain) => !without.includes(chain.chain_id));
  const problem = chosen.length === 0 ? "Choose at least one chain." : describeChainProblem({ chains: chains ?? [], chosen, choice });

  function start() {
    setTried(true);
    if (problem !== undefined || deploying) return;
    deploy({ chainIds: chosen, confirmMainnet: choice.confirmed.filter((id) => chosen.includes(id)) });
  }

  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{isRetry ? "Deploy again" : "Add a chain"}</DialogTitle>
          <DialogDescription>
            {isRetry ? "A main network is among the chains: what is put there costs real money, so it is confirmed each time." : "A new build begins."} What is built, audited and deployed already is reused; nothing is deployed twice.
          </DialogDescription>
        </DialogHeader>
        <DialogBody>
          {left?.length === 0 ? <p className="text-sm text-muted">It is on every chain of this server.</p> : <ChainPicker workspace={workspace} choice={choice} onChoice={setChoice} problem={tried ? problem : undefined} without={without} />}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Close</Button>
          {left?.length === 0 ? null : <Button variant="primary" busy={deploying} onClick={start}>Deploy</Button>}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
