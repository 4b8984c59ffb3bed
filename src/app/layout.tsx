import "./globals.css";

import type { Metadata, Viewport } from "next";
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { AppShell } from "~/components/shell/app-shell";
import { cn } from "~/components/ui/class-names";
import { TRACED_HEADER } from "~/server/http/click-header";
import { api, HydrateApi, prefetch } from "~/trpc/server";
import { Providers } from "./_components/providers";

export const metadata: Metadata = {
  title: { default: "Slipway", template: "%s · Slipway" },
  description: "Push files, watch the stages build, see what is stale and why.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f9fafb" },
    { media: "(prefers-color-scheme: dark)", color: "#0d1014" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const asked = await headers();
  const nonce = asked.get("x-nonce") ?? undefined;
  await prefetch(api.me.get.queryOptions());
  return (
    // The theme's class is set before the first paint, so the server's markup differs on purpose.
    <html lang="en" suppressHydrationWarning className={cn(GeistSans.variable, GeistMono.variable)}>
      <body className="flex min-h-dvh flex-col font-sans">
        <Providers nonce={nonce} traced={asked.get(TRACED_HEADER) === "true"}>
          <HydrateApi>
            <AppShell>{children}</AppShell>
          </HydrateApi>
        </Providers>
      </body>
    </html>
  );
}
