"use client";

import { Hammer, Menu, Package, Plus, Search } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Button } from "~/components/ui/button";
import { cn } from "~/components/ui/class-names";
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from "~/components/ui/dropdown-menu";
import { Kbd } from "~/components/ui/kbd";
import { Separator } from "~/components/ui/separator";
import { Skeleton } from "~/components/ui/skeleton";
import { useMe } from "~/trpc/use-me";
import { Logo } from "./logo";
import { ThemeMenu } from "./theme-menu";
import { UserMenu } from "./user-menu";
import { WorkspaceMenu } from "./workspace-menu";

const LINKS = [
  { href: "/", label: "Packages", icon: Package },
  { href: "/builds", label: "Builds", icon: Hammer },
] as const;

export interface TopBarProps {
  onOpenPalette: () => void;
  onShowKeyboard: () => void;
}

function isCurrent({ pathname, href }: { pathname: string; href: string }): boolean {
  return href === "/" ? pathname === "/" : pathname === href || pathname.startsWith(`${href}/`);
}

export function TopBar({ onOpenPalette, onShowKeyboard }: TopBarProps) {
  const me = useMe();
  return (
    <header className="sticky top-0 z-30 border-b bg-background/90 backdrop-blur-sm">
      <div className="mx-auto flex h-12 w-full max-w-7xl items-center gap-1.5 px-4 sm:gap-2 sm:px-6">
        <Link href="/" className="mr-1 flex items-center gap-2 rounded-md text-base font-semibold tracking-tight">
          <Logo />
          <span className="max-[420px]:sr-only">Slipway</span>
        </Link>
        {me?.user ? <SignedInPart workspaces={me.workspaces} onOpenPalette={onOpenPalette} /> : <div className="flex-1" />}
        {me === undefined ? <Skeleton className="size-6 rounded-full" /> : null}
        {me?.user ? <UserMenu user={me.user} onShowKeyboard={onShowKeyboard} /> : null}
        {me !== undefined && me.user === null ? <SignedOutPart signupOpen={me.signup_open} /> : null}
      </div>
    </header>
  );
}

function SignedInPart({ workspaces, onOpenPalette }: { workspaces: { slug: string; name: string; role: string }[]; onOpenPalette: () => void }) {
  const pathname = usePathname();
  return (
    <>
      <Separator orientation="vertical" className="max-md:hidden" />
      <div className="max-md:hidden"><WorkspaceMenu workspaces={workspaces} /></div>
      <nav aria-label="Main" className="flex flex-1 items-center gap-0.5">
        {LINKS.map(({ href, label }) => (
          <Link
            key={href}
            href={href}
            aria-current={isCurrent({ pathname, href }) ? "page" : undefined}
            className={cn("inline-flex h-7 items-center rounded-md px-2.5 text-sm text-muted transition-colors hover:bg-surface-hover hover:text-foreground max-sm:hidden", isCurrent({ pathname, href }) && "bg-surface-muted font-medium text-foreground")}
          >
            {label}
          </Link>
        ))}
      </nav>
      <button
        type="button"
        onClick={onOpenPalette}
        className="inline-flex h-8 items-center gap-2 rounded-md border bg-surface px-2.5 text-sm text-muted transition-colors hover:border-border-strong max-lg:w-8 max-lg:justify-center max-lg:border-transparent max-lg:bg-transparent max-lg:px-0 lg:w-52"
      >
        <Search aria-hidden className="size-4 shrink-0 lg:size-3.5" />
        <span className="flex-1 text-left max-lg:sr-only">Search…</span>
        <span aria-hidden className="max-lg:hidden"><Kbd>⌘K</Kbd></span>
      </button>
      <Button asChild variant="primary" className="max-sm:size-8 max-sm:px-0">
        <Link href="/new">
          <Plus aria-hidden />
          <span className="max-sm:sr-only">New</span>
        </Link>
      </Button>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon" className="sm:hidden" aria-label="Menu"><Menu aria-hidden /></Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          {LINKS.map(({ href, label, icon: Icon }) => (
            <DropdownMenuItem key={href} asChild>
              <Link href={href}><Icon aria-hidden />{label}</Link>
            </DropdownMenuItem>
          ))}
          {workspaces.map((each) => (
            <DropdownMenuItem key={each.slug} asChild>
              <Link href={`/${each.slug}`}><Package aria-hidden />{each.slug}</Link>
            </DropdownMenuItem>
          ))}
        </DropdownMenuContent>
      </DropdownMenu>
    </>
  );
}

function SignedOutPart({ signupOpen }: { signupOpen: boolean }) {
  return (
    <div className="flex items-center gap-1.5">
      <ThemeMenu />
      <Button asChild variant="ghost"><Link href="/sign-in">Sign in</Link></Button>
      {signupOpen ? <Button asChild variant="primary"><Link href="/sign-up">Sign up</Link></Button> : null}
    </div>
  );
}
