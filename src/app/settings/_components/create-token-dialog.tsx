"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { useState, type FormEvent } from "react";
import { findFieldProblems, readServerProblems, type FieldProblems } from "~/components/form/field-problems";
import { FormProblem } from "~/components/form/form-problem";
import { Button } from "~/components/ui/button";
import { Checkbox } from "~/components/ui/checkbox";
import { CopyButton } from "~/components/ui/copy-button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "~/components/ui/dialog";
import { Field } from "~/components/ui/field";
import { Input } from "~/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "~/components/ui/select";
import type { TokenScope } from "~/domain/actor";
import { createTokenInput } from "~/server/api/schemas/account";
import { useTRPC } from "~/trpc/client";
import { useMe } from "~/trpc/use-me";

const LABELS = { name: "The name", scopes: "The token", expires_at: "The expiry" };
const SCOPES: { scope: TokenScope; text: string }[] = [
  { scope: "builds:read", text: "See packages, builds, logs and artifacts" },
  { scope: "builds:write", text: "Push files, build, rebuild and cancel" },
  { scope: "admin", text: "All that you may do as an admin" },
];
const LIFETIMES = [{ days: 30, label: "30 days" }, { days: 90, label: "90 days" }, { days: 365, label: "1 year" }, { days: 0, label: "Never" }];
const DAY_MS = 86_400_000;

export function CreateTokenDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent onInteractOutside={(event) => event.preventDefault()}>{open ? <CreateToken /> : null}</DialogContent>
    </Dialog>
  );
}

function CreateToken() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const isAdmin = useMe()?.user?.role === "admin";
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<TokenScope[]>(["builds:read", "builds:write"]);
  const [days, setDays] = useState(90);
  const [problems, setProblems] = useState<FieldProblems>({});
  const create = useMutation(
    trpc.tokens.create.mutationOptions({
      onSuccess: () => client.invalidateQueries({ queryKey: trpc.tokens.list.queryKey() }),
      onError: (error) => setProblems(readServerProblems({ error, labels: LABELS })),
    }),
  );
  if (create.data !== undefined) return <TokenOnce token={create.data.token} />;

  function submit(event: FormEvent) {
    event.preventDefault();
    const values = { name, scopes, ...(days === 0 ? {} : { expires_at: new Date(Date.now() + days * DAY_MS).toISOString() }) };
    const found = findFieldProblems({ schema: createTokenInput, values, labels: LABELS });
    setProblems(found);
    if (Object.keys(found).length === 0) create.mutate(values);
  }

  return (
    <form onSubmit={submit} noValidate>
      <DialogHeader>
        <DialogTitle>New API token</DialogTitle>
        <DialogDescription>Give it no more than the script needs.</DialogDescription>
      </DialogHeader>
      <DialogBody>
        <FormProblem message={problems["form"]} />
        <Field label="Name" hint="What it is for." error={problems["name"]}>
          {(control) => <Input {...control} value={name} autoComplete="off" placeholder="CI of my boards" onChange={(event) => setName(event.target.value)} />}
        </Field>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 text-sm font-medium">What it may do</legend>
          {SCOPES.filter(({ scope }) => scope !== "admin" || isAdmin).map(({ scope, text }) => (
            <div key={scope} className="flex items-start gap-2.5">
              <Checkbox
                id={`scope-${scope}`}
                className="mt-0.5"
                checked={scopes.includes(scope)}
                onCheckedChange={(checked) => setScopes(checked === true ? [...scopes, scope] : scopes.filter((each) => each !== scope))}
              />
              <label htmlFor={`scope-${scope}`} className="flex flex-col"><code className="text-xs">{scope}</code><span className="text-xs text-muted">{text}</span></label>
            </div>
          ))}
          {problems["scopes"] === undefined ? null : <p role="alert" className="text-xs text-failed">{problems["scopes"]}</p>}
        </fieldset>
        <Field label="Expires" error={problems["expires_at"]}>
          {(control) => (
            <Select value={String(days)} onValueChange={(value) => setDays(Number(value))}>
              <SelectTrigger {...control} className="w-36"><SelectValue /></SelectTrigger>
              <SelectContent>{LIFETIMES.map((each) => <SelectItem key={each.days} value={String(each.days)}>{each.label}</SelectItem>)}</SelectContent>
            </Select>
          )}
        </Field>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild><Button>Cancel</Button></DialogClose>
        <Button type="submit" variant="primary" busy={create.isPending}>Make the token</Button>
      </DialogFooter>
    </form>
  );
}

function TokenOnce({ token }: { token: string }) {
  return (
    <>
      <DialogHeader>
        <DialogTitle>Copy your token now</DialogTitle>
        <DialogDescription>Send it as <code>Authorization: Bearer …</code>.</DialogDescription>
      </DialogHeader>
      <DialogBody>
        <div className="flex min-w-0 items-center gap-2 rounded-md border bg-surface-muted p-2 pl-3">
          <code data-testid="new-token" className="min-w-0 flex-1 font-mono text-xs break-all">{token}</code>
          <CopyButton text={token} what="token" label="Copy" />
        </div>
        <p className="flex items-start gap-2 text-sm text-stale"><TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />It is shown this once. Slipway keeps only a hash of it.</p>
      </DialogBody>
      <DialogFooter><DialogClose asChild><Button variant="primary">I have it</Button></DialogClose></DialogFooter>
    </>
  );
}
