"use client";

import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { findFieldProblems, readServerProblems, type FieldProblems } from "~/components/form/field-problems";
import { FormProblem } from "~/components/form/form-problem";
import { Button } from "~/components/ui/button";
import { Card, CardContent, CardFooter, CardHeader, CardTitle } from "~/components/ui/card";
import { Field } from "~/components/ui/field";
import { Input } from "~/components/ui/input";
import { toast } from "~/components/ui/toast";
import { changePasswordInput } from "~/server/api/schemas/account";
import { useTRPC } from "~/trpc/client";
import { useMe } from "~/trpc/use-me";

const LABELS = { current_password: "The present password", new_password: "The new password" };
const EMPTY = { current_password: "", new_password: "" };

export function PasswordCard() {
  const trpc = useTRPC();
  const email = useMe()?.user?.email ?? "";
  const [values, setValues] = useState(EMPTY);
  const [problems, setProblems] = useState<FieldProblems>({});
  const change = useMutation(
    trpc.me.changePassword.mutationOptions({
      onSuccess: () => {
        setValues(EMPTY);
        toast.success("Password changed", { description: "All your other browsers are signed out." });
      },
      onError: (error) => setProblems(readServerProblems({ error, labels: LABELS })),
    }),
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    const found = findFieldProblems({ schema: changePasswordInput, values, labels: LABELS });
    setProblems(found);
    if (Object.keys(found).length === 0) change.mutate(values);
  }
  return (
    <Card aria-labelledby="password">
      <CardHeader><CardTitle id="password">Password</CardTitle></CardHeader>
      <form onSubmit={submit} noValidate>
        {/* A password manager wants to know whose password this is. */}
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <CardContent className="grid grid-cols-1 gap-4 sm:grid-cols-2">
          <FormProblem message={problems["form"]} className="sm:col-span-2" />
          <Field label="Present password" error={problems["current_password"]}>
            {(control) => <Input {...control} type="password" autoComplete="current-password" value={values.current_password} onChange={(event) => setValues({ ...values, current_password: event.target.value })} />}
          </Field>
          <Field label="New password" hint="At least 10 characters." error={problems["new_password"]}>
            {(control) => <Input {...control} type="password" autoComplete="new-password" value={values.new_password} onChange={(event) => setValues({ ...values, new_password: event.target.value })} />}
          </Field>
        </CardContent>
        <CardFooter><Button type="submit" disabled={values.current_password === "" || values.new_password === ""} busy={change.isPending}>Change password</Button></CardFooter>
      </form>
    </Card>
  );
}
