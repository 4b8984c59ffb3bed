"use client";

import { TriangleAlert } from "lucide-react";
import { useState, type FormEvent } from "react";
import { findFieldProblems, readServerProblems, type FieldProblems } from "~/components/form/field-problems";
import { FormProblem } from "~/components/form/form-problem";
import { Button } from "~/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "~/components/ui/dialog";
import { Field } from "~/components/ui/field";
import { Input } from "~/components/ui/input";
import { toast } from "~/components/ui/toast";
import { useTRPCClient } from "~/trpc/client";
import { readSignerForm, signerForm, SIGNER_LABELS } from "./signer-form";
import { useRefreshSigners } from "./use-refresh-signers";

export interface SignerToSet {
  /** Null: to be chosen. */
  name: string | null;
  /** Address of the key that is there already. */
  replaces?: string | null;
}

export function SetSignerDialog({ workspace, signer, onClose }: { workspace: string; signer: SignerToSet | null; onClose: () => void }) {
  return (
    <Dialog open={signer !== null} onOpenChange={(open) => { if (!open) onClose(); }}>
      <DialogContent onInteractOutside={(event) => event.preventDefault()}>{signer === null ? null : <SetSigner workspace={workspace} signer={signer} onClose={onClose} />}</DialogContent>
    </Dialog>
  );
}

/** The key lives in its field alone, never in React's state, and not in a mutation, which keeps what it was called with. */
function SetSigner({ workspace, signer, onClose }: { workspace: string; signer: SignerToSet; onClose: () => void }) {
  const api = useTRPCClient();
  const refresh = useRefreshSigners();
  const [problems, setProblems] = useState<FieldProblems>({});
  const [busy, setBusy] = useState(false);
  const replaces = signer.replaces !== undefined;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const values = readSignerForm(form);
    const found = findFieldProblems({ schema: signerForm, values, labels: SIGNER_LABELS });
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const field = form.elements.namedItem("private_key");
    if (field instanceof HTMLInputElement) field.value = "";
    setBusy(true);
    try {
      const set = await api.signers.set.mutate({ workspace, ...values });
      toast.success(replaces ? "The key is replaced" : "The key is set", { description: `Its address is ${set.address ?? "unknown"}.` });
      onClose();
    } catch (error) {
      setProblems(readServerProblems({ error, labels: SIGNER_LABELS }));
      setBusy(false);
    }
    await refresh();
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate autoComplete="off">
      <DialogHeader>
        <DialogTitle>{replaces ? `Replace ${signer.name ?? ""}` : "Set a signing key"}</DialogTitle>
        <DialogDescription>It pays for the deployments of {workspace}. It is kept encrypted, and never shown again: only its address is.</DialogDescription>
      </DialogHeader>
      <DialogBody>
        <FormProblem message={problems["form"]} />
        <Field label="Name" hint="What the chain calls it." error={problems["name"]}>
          {(control) => <Input {...control} name="name" defaultValue={signer.name ?? ""} readOnly={signer.name !== null} autoComplete="off" autoCapitalize="none" spellCheck={false} placeholder="deployer" />}
        </Field>
        <Field label="Private key" hint="0x and 64 hex digits." error={problems["private_key"]}>
          {(control) => <Input {...control} name="private_key" type="password" autoComplete="off" spellCheck={false} autoFocus={signer.name !== null} data-1p-ignore data-lpignore="true" />}
        </Field>
        <p className="flex items-start gap-2 text-xs text-pretty text-stale">
          <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {replaces ? "What the old key holds stays with it. Contracts that it owns go on being its own." : "Use a key of Slipway's own with no more coins than deployments cost: every member of the workspace may deploy with it."}
        </p>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild><Button>Cancel</Button></DialogClose>
        <Button type="submit" variant="primary" busy={busy}>{replaces ? "Replace the key" : "Set the key"}</Button>
      </DialogFooter>
    </form>
  );
}
