"use client";

import { useMutation } from "@tanstack/react-query";
import { Button } from "~/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "~/components/ui/dialog";
import { toast } from "~/components/ui/toast";
import type { SignerView } from "~/server/api/schemas/chains";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";
import { useRefreshSigners } from "./use-refresh-signers";

export interface RemoveSignerDialogProps {
  workspace: string;
  /** Null: closed. */
  signer: SignerView | null;
  /** Names of chains. */
  usedBy: readonly string[];
  onClose: () => void;
}

export function RemoveSignerDialog({ workspace, signer, usedBy, onClose }: RemoveSignerDialogProps) {
  const trpc = useTRPC();
  const refresh = useRefreshSigners();
  const remove = useMutation(
    trpc.signers.remove.mutationOptions({
      onSuccess: () => {
        toast.success("The key is removed");
        onClose();
      },
      onError: (error) => toast.error("The key was not removed", { description: describeError(error).message }),
      onSettled: refresh,
    }),
  );
  return (
    <Dialog open={signer !== null} onOpenChange={(open) => { if (!open) onClose(); }}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Remove {signer?.name}?</DialogTitle>
          <DialogDescription>
            {usedBy.length === 0 ? "No chain of this server uses it." : `${workspace} can't deploy to ${usedBy.join(", ")} until a key is set again.`} Slipway has no copy: what its address holds can only be reached with your own.
          </DialogDescription>
        </DialogHeader>
        <DialogFooter>
          <DialogClose asChild><Button>Keep it</Button></DialogClose>
          <Button variant="danger" busy={remove.isPending} onClick={() => { if (signer !== null) remove.mutate({ workspace, name: signer.name }); }}>Remove</Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
