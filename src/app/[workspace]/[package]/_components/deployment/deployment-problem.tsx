"use client";

import { SearchX } from "lucide-react";
import Link from "next/link";
import { Button } from "~/components/ui/button";
import { EmptyState } from "~/components/ui/empty-state";
import { ErrorState } from "~/components/ui/error-state";
import { describeError } from "~/trpc/describe-error";
import { useMe } from "~/trpc/use-me";

/** Why there is nothing to show: not there (or not for this reader), or not to be had now. */
export function DeploymentProblem({ what, error, packageName, onRetry, retrying }: { what: string; error: unknown; packageName: string; onRetry: () => void; retrying: boolean }) {
  const me = useMe();
  const { code, message } = describeError(error);
  if (code !== "not_found") return <ErrorState title={`The ${what} could not be loaded`} message={message} safe="Builds go on; nothing is lost." onRetry={onRetry} retrying={retrying} />;
  const signedOut = me !== undefined && me.user === null;
  return (
    <EmptyState
      icon={SearchX}
      titleAs="h1"
      title={`No such ${what}`}
      description={signedOut ? "It does not exist, or it is private. Sign in to see private packages." : "It does not exist, or you may not see it. Ask a member of its workspace."}
      action={signedOut ? <Button asChild variant="primary"><Link href="/sign-in">Sign in</Link></Button> : <Button asChild><Link href={`/${packageName}`}>Open {packageName}</Link></Button>}
    />
  );
}
