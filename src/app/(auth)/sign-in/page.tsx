import type { Metadata } from "next";
import Link from "next/link";
import { AuthCard } from "../_components/auth-card";
import { readReturnPath } from "../_components/return-path";
import { SignInForm } from "../_components/sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const { callbackUrl, error } = await searchParams;
  const returnPath = readReturnPath(typeof callbackUrl === "string" ? callbackUrl : null);
  return (
    <AuthCard title="Sign in to Slipway" description="Push files, watch the stages build." footer={<>New here? <Link href="/sign-up" className="font-medium text-accent underline underline-offset-3">Create an account</Link></>}>
      <SignInForm returnPath={returnPath} problemCode={typeof error === "string" ? error : null} />
    </AuthCard>
  );
}
