import "server-only";

import { redirect } from "next/navigation";
import { api, fetchQuietly } from "./server";

/**
 * Sends who is not signed in to the sign-in page, and back to `returnPath` after it. For a layout: what a page finds out has
 * to be said by its scripts, as its skeleton has been answered by then, and such a way takes what was typed meanwhile.
 */
export async function requireSignIn({ returnPath }: { returnPath: string }): Promise<void> {
  const me = await fetchQuietly(api.me.get.queryOptions());
  if (me !== undefined && me.user === null) redirect(`/sign-in?callbackUrl=${returnPath}`);
}
