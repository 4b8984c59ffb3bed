"use client";

import { SunMoon } from "lucide-react";
import { Button } from "~/components/ui/button";
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from "~/components/ui/dropdown-menu";
import { ThemeItems } from "./theme-items";

/** The theme switch on its own, for visitors who have no account menu. */
export function ThemeMenu() {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label="Theme"><SunMoon aria-hidden /></Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent className="w-36"><ThemeItems /></DropdownMenuContent>
    </DropdownMenu>
  );
}
