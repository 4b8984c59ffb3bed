import type { Metadata } from "next";
import { Page, PageHeader } from "~/components/shell/page";
import { api, HydrateApi, prefetch } from "~/trpc/server";
import { AuditCard } from "./_components/audit/audit-card";
import { PasswordCard } from "./_components/password-card";
import { ProfileCard } from "./_components/profile-card";
import { SessionsCard } from "./_components/sessions-card";
import { SignersCard } from "./_components/signers/signers-card";
import { TokensCard } from "./_components/tokens-card";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  await Promise.all([prefetch(api.me.sessions.queryOptions()), prefetch(api.tokens.list.queryOptions())]);
  return (
    <HydrateApi>
      <Page className="max-w-3xl">
        <PageHeader title="Settings" description="Your account on this server." />
        <ProfileCard />
        <TokensCard />
        <SignersCard />
        <AuditCard />
        <SessionsCard />
        <PasswordCard />
      </Page>
    </HydrateApi>
  );
}
