"use client";

import { useMutation } from "@tanstack/react-query";
import { signIn } from "next-auth/react";
import { useState, type FormEvent } from "react";
import { findFieldProblems, readServerProblems, type FieldProblems } from "~/components/form/field-problems";
import { FormProblem } from "~/components/form/form-problem";
import { Button } from "~/components/ui/button";
import { Field } from "~/components/ui/field";
import { Input } from "~/components/ui/input";
import { signUpInput } from "~/server/api/schemas/account";
import { useTRPC } from "~/trpc/client";
import { useMe } from "~/trpc/use-me";
import { GithubButton } from "./github-button";

const LABELS = { name: "Name", handle: "Handle", email: "E-mail", password: "Password" };

function suggestHandle(name: string): string {
  return name.toLowerCase().normalize("NFKD").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 39);
}

export function SignUpForm({ returnPath }: { returnPath: string }) {
  const me = useMe();
  const trpc = useTRPC();
  const [values, setValues] = useState({ name: "", handle: "", email: "", password: "" });
  const [handleIsOwn, setHandleIsOwn] = useState(false);
  const [problems, setProblems] = useState<FieldProblems>({});
  const [signingIn, setSigningIn] = useState(false);
  const signUp = useMutation(
    trpc.auth.signUp.mutationOptions({
      onSuccess: async () => {
        setSigningIn(true);
        const answer = await signIn("credentials", { email: values.email.trim(), password: values.password, redirect: false }).catch(() => undefined);
        window.location.assign(answer?.ok === true ? returnPath : "/sign-in");
      },
      onError: (error) => setProblems(readServerProblems({ error, labels: LABELS })),
    }),
  );

  function change(field: keyof typeof values, value: string) {
    setValues((before) => ({ ...before, [field]: value, ...(field === "name" && !handleIsOwn ? { handle: suggestHandle(value) } : {}) }));
    setProblems(({ [field]: _mended, form: _form, ...rest }) => rest);
    if (field === "handle") setHandleIsOwn(true);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const found = findFieldProblems({ schema: signUpInput, values, labels: LABELS });
    setProblems(found);
    if (Object.keys(found).length === 0) signUp.mutate({ ...values, email: values.email.trim() });
  }

  if (me?.signup_open === false) {
    return <p className="text-sm text-pretty text-muted">This server takes no new accounts by itself. Ask whoever runs it to make one for you.</p>;
  }
  return (
    <div className="flex flex-col gap-4">
      <form method="post" onSubmit={submit} noValidate className="flex flex-col gap-4">
        <FormProblem message={problems["form"]} />
        <Field label={LABELS.name} error={problems["name"]}>
          {(control) => <Input {...control} name="name" autoComplete="name" autoFocus value={values.name} onChange={(event) => change("name", event.target.value)} className="h-9" />}
        </Field>
        <Field label={LABELS.handle} hint={`Your packages will be ${values.handle === "" ? "handle" : values.handle}/name.`} error={problems["handle"]}>
          {(control) => <Input {...control} name="handle" autoComplete="off" autoCapitalize="none" spellCheck={false} value={values.handle} onChange={(event) => change("handle", event.target.value)} className="h-9" />}
        </Field>
        <Field label={LABELS.email} error={problems["email"]}>
          {(control) => <Input {...control} type="email" name="email" autoComplete="username" value={values.email} onChange={(event) => change("email", event.target.value)} className="h-9" />}
        </Field>
        <Field label={LABELS.password} hint="At least 10 characters." error={problems["password"]}>
          {(control) => <Input {...control} type="password" name="password" autoComplete="new-password" value={values.password} onChange={(event) => change("password", event.target.value)} className="h-9" />}
        </Field>
        <Button type="submit" variant="primary" size="lg" busy={signUp.isPending || signingIn}>Create account</Button>
      </form>
      {me?.github_enabled === true ? <GithubButton returnPath={returnPath} /> : null}
    </div>
  );
}
