"use client";

import Link from "next/link";
import { createContext, useContext, useMemo, useState, type ReactNode } from "react";
import { Field } from "~/components/ui/field";
import { Input } from "~/components/ui/input";
import { useMe } from "~/trpc/use-me";

const TokenContext = createContext({ token: "", setToken: (_token: string): void => undefined });

/** The pasted token lives as long as the page: it is written nowhere. */
export function TokenProvider({ children }: { children: ReactNode }) {
  const [token, setToken] = useState("");
  const state = useMemo(() => ({ token, setToken }), [token]);
  return <TokenContext value={state}>{children}</TokenContext>;
}

export function useToken(): string {
  return useContext(TokenContext).token.trim();
}

export function TokenField() {
  const { token, setToken } = useContext(TokenContext);
  const handle = useMe()?.user?.handle;
  const without = handle === undefined ? "Without one you ask as nobody." : `Without one you ask as ${handle}, by your sign-in.`;
  return (
    <Field label="Token for trying" hint={<>{without} Kept only while this page is open. <Link href="/settings" className="text-accent underline underline-offset-3">Make one in the settings</Link></>}>
      {(control) => <Input {...control} type="password" autoComplete="off" spellCheck={false} placeholder="slw_…" value={token} onChange={(event) => setToken(event.target.value)} className="font-mono" />}
    </Field>
  );
}
