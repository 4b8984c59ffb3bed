"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { findFieldProblems, readServerProblems, type FieldProblems } from "~/components/form/field-problems";
import { FormProblem } from "~/components/form/form-problem";
import { Badge } from "~/components/ui/badge";
import { Button } from "~/components/ui/button";
import { Card, CardContent, CardFooter, CardHeader, CardTitle } from "~/components/ui/card";
import { Field } from "~/components/ui/field";
import { Input } from "~/components/ui/input";
import { Skeleton } from "~/components/ui/skeleton";
import { toast } from "~/components/ui/toast";
import { updateMeInput, type UserView } from "~/server/api/schemas/account";
import { useTRPC } from "~/trpc/client";
import { useMe } from "~/trpc/use-me";

const LABELS = { name: "Name" };

export function ProfileCard() {
  const user = useMe()?.user ?? null;
  return (
    <Card aria-labelledby="profile">
      <CardHeader>
        <CardTitle id="profile">Profile</CardTitle>
        {user?.role === "admin" ? <Badge tone="accent">admin</Badge> : null}
      </CardHeader>
      {user === null ? <CardContent><Skeleton className="h-28" /></CardContent> : <ProfileForm user={user} />}
    </Card>
  );
}

function ProfileForm({ user }: { user: UserView }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const [name, setName] = useState(user.name);
  const [problems, setProblems] = useState<FieldProblems>({});
  const update = useMutation(
    trpc.me.update.mutationOptions({
      onSuccess: async () => {
        toast.success("Saved");
        await client.invalidateQueries({ queryKey: trpc.me.get.queryKey() });
      },
      onError: (error) => setProblems(readServerProblems({ error, labels: LABELS })),
    }),
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    const found = findFieldProblems({ schema: updateMeInput, values: { name }, labels: LABELS });
    setProblems(found);
    if (Object.keys(found).length === 0) update.mutate({ name: name.trim() });
  }
  return (
    <form onSubmit={submit} noValidate>
      <CardContent className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <FormProblem message={problems["form"]} className="sm:col-span-2" />
        <Field label="Name" error={problems["name"]} className="sm:col-span-2">
          {(control) => <Input {...control} autoComplete="name" value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field label="Handle" hint="The first part of your packages' names. It stays.">{(control) => <Input {...control} value={user.handle} readOnly className="bg-surface-muted text-muted" />}</Field>
        <Field label="E-mail" hint="What you sign in with.">{(control) => <Input {...control} value={user.email} readOnly className="bg-surface-muted text-muted" />}</Field>
      </CardContent>
      <CardFooter><Button type="submit" variant="primary" disabled={name.trim() === user.name} busy={update.isPending}>Save</Button></CardFooter>
    </form>
  );
}
