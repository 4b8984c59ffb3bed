import { Compass } from "lucide-react";
import Link from "next/link";
import { Button } from "~/components/ui/button";
import { EmptyState } from "~/components/ui/empty-state";

export default function NotFound() {
  return (
    <div className="flex flex-1 items-center justify-center">
      <EmptyState
        icon={Compass}
        titleAs="h1"
        title="There is nothing here"
        description="This page does not exist, or you may not see it. Check the address, or sign in with an account that may."
        action={<><Button asChild variant="primary"><Link href="/">Go to your packages</Link></Button><Button asChild><Link href="/sign-in">Sign in</Link></Button></>}
      />
    </div>
  );
}
