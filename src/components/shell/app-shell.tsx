"use client";

import { usePathname } from "next/navigation";
import { useState, type ReactNode } from "react";
import { LiveBuilds } from "~/trpc/live-builds/live-builds";
import { useMe } from "~/trpc/use-me";
import { CommandPalette } from "./command-palette";
import { ConnectionBanner } from "./connection-banner";
import { KeyboardHelp } from "./keyboard-help";
import { TopBar } from "./top-bar";
import { useHotkeys } from "./use-hotkeys";

/** Pages that show a visitor nothing that moves. */
const STILL_PAGES = /^\/(?:sign-in|sign-up)?$/;

/** What is around every page: the bar, the palette, the help, the connection's state and the one live stream. */
export function AppShell({ children }: { children: ReactNode }) {
  const [paletteOpen, setPaletteOpen] = useState(false);
  const [keyboardOpen, setKeyboardOpen] = useState(false);
  const pathname = usePathname();
  const isSignedIn = (useMe()?.user ?? null) !== null;
  useHotkeys({
    "mod+k": () => { if (isSignedIn) setPaletteOpen((open) => !open); },
    "?": () => setKeyboardOpen(true),
  });
  return (
    <>
      <a href="#main" className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-1.5 text-sm font-medium text-accent-foreground focus-visible:translate-y-0">
        Skip to the content
      </a>
      <TopBar onOpenPalette={() => setPaletteOpen(true)} onShowKeyboard={() => setKeyboardOpen(true)} />
      <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">{children}</main>
      <ConnectionBanner />
      <KeyboardHelp open={keyboardOpen} onOpenChange={setKeyboardOpen} />
      {isSignedIn || !STILL_PAGES.test(pathname) ? <LiveBuilds /> : null}
      {isSignedIn ? (
        <CommandPalette open={paletteOpen} onOpenChange={setPaletteOpen} onShowKeyboard={() => setKeyboardOpen(true)} />
      ) : null}
    </>
  );
}
