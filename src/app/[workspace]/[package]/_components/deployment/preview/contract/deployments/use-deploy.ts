"use client";

import { useMutation } from "@tanstack/react-query";
import type { StartedBuild } from "~/components/builds/use-build-actions";
import { toast } from "~/components/ui/toast";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";

export interface UseDeployOptions {
  buildId: string;
  onDeploying: (created: StartedBuild) => void;
  /** Among the chains is a main network, which is to be confirmed each time. */
  onUnconfirmed?: (chainIds: readonly number[]) => void;
}

/** Puts a build's contract on more chains, or tries again where it failed: a new build of the release that reuses all the rest. */
export function useDeploy({ buildId, onDeploying, onUnconfirmed }: UseDeployOptions) {
  const trpc = useTRPC();
  const deploy = useMutation(
    trpc.builds.deploy.mutationOptions({
      onSuccess: onDeploying,
      onError: (error, { chain_ids }) => {
        const { code, message } = describeError(error);
        if (code === "mainnet_not_confirmed" && onUnconfirmed !== undefined) return onUnconfirmed(chain_ids);
        toast.error(code === "build_in_progress" ? "A build of this release is already under way" : "The deployment could not be started", { description: message });
      },
    }),
  );
  return {
    deploy: ({ chainIds, confirmMainnet = [] }: { chainIds: readonly number[]; confirmMainnet?: readonly number[] }) =>
      deploy.mutate({ build_id: buildId, chain_ids: [...chainIds], ...(confirmMainnet.length === 0 ? {} : { confirm_mainnet: [...confirmMainnet] }) }),
    deploying: deploy.isPending || deploy.isSuccess,
  };
}
