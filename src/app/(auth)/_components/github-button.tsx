"use client";

import { signIn } from "next-auth/react";
import { Button } from "~/components/ui/button";

function GithubMark() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden className="fill-current">
      <path d="M8 .2a8 8 0 0 0-2.5 15.6c.4.1.5-.2.5-.4v-1.5c-2.2.5-2.7-.9-2.7-.9-.4-.9-.9-1.2-.9-1.2-.7-.5.1-.5.1-.5.8.1 1.2.8 1.2.8.7 1.2 1.9.9 2.3.7.1-.5.3-.9.5-1.1-1.8-.2-3.6-.9-3.6-4 0-.9.3-1.6.8-2.1-.1-.2-.4-1 .1-2.1 0 0 .7-.2 2.2.8a7.6 7.6 0 0 1 4 0c1.5-1 2.2-.8 2.2-.8.4 1.1.2 1.9.1 2.1.5.6.8 1.3.8 2.1 0 3.1-1.9 3.8-3.7 4 .3.3.6.8.6 1.5v2.2c0 .2.1.5.6.4A8 8 0 0 0 8 .2Z" />
    </svg>
  );
}

export function GithubButton({ returnPath }: { returnPath: string }) {
  return (
    <Button size="lg" className="w-full" onClick={() => void signIn("github", { callbackUrl: returnPath })}>
      <GithubMark />
      Continue with GitHub
    </Button>
  );
}
