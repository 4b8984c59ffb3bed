"use client";

import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { Toaster } from "~/components/ui/toast";
import { TooltipProvider } from "~/components/ui/tooltip";
import { ApiProvider } from "~/trpc/client";

/** What every page lives in. `nonce` lets the theme's inline script through the content security policy; `traced` where traces are collected. */
export function Providers({ nonce, traced, children }: { nonce: string | undefined; traced: boolean; children: ReactNode }) {
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      <NuqsAdapter>
        <ApiProvider traced={traced}>
          <TooltipProvider delayDuration={250} skipDelayDuration={100}>
            {children}
            <Toaster />
          </TooltipProvider>
        </ApiProvider>
      </NuqsAdapter>
    </ThemeProvider>
  );
}
