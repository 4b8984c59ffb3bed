"use client";

import { Switch as SwitchPrimitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

export function Switch({ className, ...props }: ComponentProps<typeof SwitchPrimitive.Root>) {
  return (
    <SwitchPrimitive.Root
      className={cn("inline-flex h-5 w-8.5 shrink-0 items-center rounded-full bg-border-strong p-0.5 transition-colors disabled:opacity-55 data-[state=checked]:bg-accent", className)}
      {...props}
    >
      <SwitchPrimitive.Thumb className="size-4 rounded-full bg-surface shadow-sm transition-transform data-[state=checked]:translate-x-3.5" />
    </SwitchPrimitive.Root>
  );
}
