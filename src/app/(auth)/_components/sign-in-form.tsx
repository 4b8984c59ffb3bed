"use client";

import { signIn } from "next-auth/react";
import { useState, type FormEvent } from "react";
import { FormProblem } from "~/components/form/form-problem";
import { Button } from "~/components/ui/button";
import { Field } from "~/components/ui/field";
import { Input } from "~/components/ui/input";
import { useMe } from "~/trpc/use-me";
import { GithubButton } from "./github-button";

const PROBLEMS: Readonly<Record<string, string>> = {
  CredentialsSignin: "This e-mail and password do not belong together. Check both and try again.",
  OAuthAccountNotLinked: "An account with this e-mail exists already. Sign in with the way you used first.",
  AccessDenied: "Signing in this way is not allowed on this server. Ask whoever runs it.",
  SessionRequired: "Sign in to see this page.",
};

function describeProblem(code: string): string {
  // A server that refuses with a sentence of its own (too many tries, say) sends it in place of a code.
  return PROBLEMS[code] ?? (code.includes(" ") ? code : "Signing in did not work. Try again in a moment.");
}

export function SignInForm({ returnPath, problemCode }: { returnPath: string; problemCode: string | null }) {
  const me = useMe();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(problemCode === null ? undefined : describeProblem(problemCode));

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    // From the fields themselves: what was typed before the page's scripts came is in no state.
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(undefined);
    const answer = await signIn("credentials", { email: String(fields.get("email")).trim(), password: String(fields.get("password")), redirect: false }).catch(() => undefined);
    if (answer?.ok === true && answer.error === null) {
      // A full load: everything that was fetched for the anonymous visitor is forgotten.
      window.location.assign(returnPath);
      return;
    }
    setBusy(false);
    setProblem(answer === undefined ? "The server does not answer. Check that it runs, then try again." : describeProblem(answer.error ?? "CredentialsSignin"));
  }

  return (
    <div className="flex flex-col gap-4">
      {/* Sent before the scripts came, it must not be an address with a password in it. */}
      <form method="post" onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <FormProblem message={problem} />
        <Field label="E-mail">
          {(control) => <Input {...control} type="email" name="email" autoComplete="username" required autoFocus className="h-9" />}
        </Field>
        <Field label="Password">
          {(control) => <Input {...control} type="password" name="password" autoComplete="current-password" required className="h-9" />}
        </Field>
        <Button type="submit" variant="primary" size="lg" busy={busy}>Sign in</Button>
      </form>
      {me?.github_enabled === true ? (
        <>
          <div className="flex items-center gap-3 text-xs text-muted before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">or</div>
          <GithubButton returnPath={returnPath} />
        </>
      ) : null}
    </div>
  );
}
