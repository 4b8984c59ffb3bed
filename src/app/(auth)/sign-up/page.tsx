import type { Metadata } from "next";
import Link from "next/link";
import { AuthCard } from "../_components/auth-card";
import { readReturnPath } from "../_components/return-path";
import { SignUpForm } from "../_components/sign-up-form";

export const metadata: Metadata = { title: "Create an account" };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function SignUpPage({ searchParams }: { searchParams: Search }) {
  const { callbackUrl } = await searchParams;
  return (
    <AuthCard title="Create an account" description="You get a workspace of your own." footer={<>Have one already? <Link href="/sign-in" className="font-medium text-accent underline underline-offset-3">Sign in</Link></>}>
      <SignUpForm returnPath={readReturnPath(typeof callbackUrl === "string" ? callbackUrl : null)} />
    </AuthCard>
  );
}
