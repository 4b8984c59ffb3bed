"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import { FormProblem } from "~/components/form/form-problem";
import { Button } from "~/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "~/components/ui/card";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle, DialogTrigger } from "~/components/ui/dialog";
import { Field } from "~/components/ui/field";
import { Input } from "~/components/ui/input";
import { toast } from "~/components/ui/toast";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";

export function DeletePackage({ name }: { name: string }) {
  return (
    <Card aria-labelledby="delete">
      <CardHeader><CardTitle id="delete">Delete this package</CardTitle></CardHeader>
      <CardContent className="flex flex-wrap items-center justify-between gap-3">
        <CardDescription className="max-w-sm">Its releases, builds, logs and artifacts go with it. This can't be undone.</CardDescription>
        <Dialog>
          <DialogTrigger asChild><Button variant="danger">Delete package</Button></DialogTrigger>
          <DialogContent><ConfirmDelete name={name} /></DialogContent>
        </Dialog>
      </CardContent>
    </Card>
  );
}

function ConfirmDelete({ name }: { name: string }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const remove = useMutation(
    trpc.packages.delete.mutationOptions({
      onSuccess: async () => {
        toast.success(`${name} was deleted`);
        router.push("/");
        await client.invalidateQueries({ queryKey: trpc.packages.list.pathKey() });
      },
    }),
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    if (typed === name) remove.mutate({ package: name });
  }
  return (
    <form onSubmit={submit} className="flex flex-col">
      <DialogHeader>
        <DialogTitle>Delete {name}?</DialogTitle>
        <DialogDescription>All of its releases, builds, logs and artifacts are deleted for good.</DialogDescription>
      </DialogHeader>
      <DialogBody>
        <FormProblem message={remove.isError ? describeError(remove.error).message : undefined} />
        <Field label={`Type ${name} to confirm`}>
          {(control) => <Input {...control} autoComplete="off" autoCapitalize="none" spellCheck={false} value={typed} onChange={(event) => setTyped(event.target.value)} />}
        </Field>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild><Button>Keep it</Button></DialogClose>
        <Button type="submit" variant="danger" disabled={typed !== name} busy={remove.isPending}>Delete for good</Button>
      </DialogFooter>
    </form>
  );
}
