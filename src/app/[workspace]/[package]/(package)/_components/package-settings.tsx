"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { readServerProblems, type FieldProblems } from "~/components/form/field-problems";
import { FormProblem } from "~/components/form/form-problem";
import { Button } from "~/components/ui/button";
import { Card, CardContent, CardFooter, CardHeader, CardTitle } from "~/components/ui/card";
import { Field } from "~/components/ui/field";
import { Textarea } from "~/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "~/components/ui/select";
import { toast } from "~/components/ui/toast";
import type { PackageView } from "~/server/api/schemas/packages";
import { useTRPC } from "~/trpc/client";
import { DeletePackage } from "./delete-package";

const LABELS = { description: "The description", visibility: "The visibility" };

export function PackageSettings({ view }: { view: PackageView }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const [description, setDescription] = useState(view.description);
  const [visibility, setVisibility] = useState(view.visibility);
  const [problems, setProblems] = useState<FieldProblems>({});
  const update = useMutation(
    trpc.packages.update.mutationOptions({
      onSuccess: async () => {
        setProblems({});
        toast.success("Saved");
        await client.invalidateQueries({ queryKey: trpc.packages.pathKey() });
      },
      onError: (error) => setProblems(readServerProblems({ error, labels: LABELS })),
    }),
  );
  const changed = description !== view.description || visibility !== view.visibility;

  function submit(event: FormEvent) {
    event.preventDefault();
    update.mutate({ package: view.package, description, visibility });
  }

  return (
    <div className="flex w-full max-w-2xl flex-col gap-5">
      <Card aria-labelledby="general">
        <CardHeader><CardTitle id="general">General</CardTitle></CardHeader>
        <form onSubmit={submit}>
          <CardContent className="flex flex-col gap-4">
            <FormProblem message={problems["form"]} />
            <Field label="Description" hint="A sentence that says what it is." error={problems["description"]}>
              {(control) => <Textarea {...control} rows={3} maxLength={1000} value={description} onChange={(event) => setDescription(event.target.value)} />}
            </Field>
            <Field label="Visibility" error={problems["visibility"]} hint={visibility === "public" ? "Everyone who can reach this server sees its releases, builds, logs and artifacts." : "Only members of the workspace see it."}>
              {(control) => (
                <Select value={visibility} onValueChange={(value) => setVisibility(value === "public" ? "public" : "private")}>
                  <SelectTrigger {...control} className="w-48"><SelectValue /></SelectTrigger>
                  <SelectContent>
                    <SelectItem value="private">Private</SelectItem>
                    <SelectItem value="public">Public</SelectItem>
                  </SelectContent>
                </Select>
              )}
            </Field>
          </CardContent>
          <CardFooter><Button type="submit" variant="primary" disabled={!changed} busy={update.isPending}>Save</Button></CardFooter>
        </form>
      </Card>
      <DeletePackage name={view.package} />
    </div>
  );
}
