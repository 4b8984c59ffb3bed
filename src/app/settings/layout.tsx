import type { ReactNode } from "react";
import { requireSignIn } from "~/trpc/require-sign-in";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  await requireSignIn({ returnPath: "/settings" });
  return children;
}
