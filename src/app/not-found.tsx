import { Compass } from "lucide-react";
import Link from "next/link";
import { Button } from "~/components/ui/button";
import { EmptyState } from "~/components/ui/empty-state";
import { api, fetchQuietly } from "~/trpc/server";

export default async function NotFound() {
  const me = await fetchQuietly(api.me.get.queryOptions());
  const isSignedIn = me !== undefined && me.user !== null;
  return (
    <div className="flex flex-1 items-center justify-center">
      <EmptyState
        icon={Compass}
        titleAs="h1"
        title="There is nothing here"
        description={`This page does not exist, or you may not see it. Check the address, or ${isSignedIn ? "ask a member of its workspace" : "sign in with an account that may"}.`}
        action={isSignedIn ? <Button asChild variant="primary"><Link href="/">Go to your packages</Link></Button> : <><Button asChild variant="primary"><Link href="/sign-in">Sign in</Link></Button><Button asChild><Link href="/">Start page</Link></Button></>}
      />
    </div>
  );
}
