import type { ReactNode } from "react";
import { requireSignIn } from "~/trpc/require-sign-in";

export default async function NewLayout({ children }: { children: ReactNode }) {
  await requireSignIn({ returnPath: "/new" });
  return children;
}
