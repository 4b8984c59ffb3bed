"use client";

import { useTheme } from "next-themes";
import { Toaster as SonnerToaster } from "sonner";

export { toast } from "sonner";

export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <SonnerToaster
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      toastOptions={{
        classNames: {
          toast: "!rounded-lg !border !border-border !bg-surface-raised !text-sm !text-foreground !shadow-raised !font-sans",
          description: "!text-muted",
          actionButton: "!bg-accent !text-accent-foreground",
        },
      }}
    />
  );
}
