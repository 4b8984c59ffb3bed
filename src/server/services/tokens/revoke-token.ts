/** Ends a token at once; the row stays for the record. */
import { notFound } from "~/domain/errors";
import type { ServiceContext } from "../context";

/** Throws `not_found` for a token that is not the caller's or is revoked already. */
export async function revokeToken(options: { context: Pick<ServiceContext, "database">; userId: string; tokenId: string }): Promise<void> {
  const { count } = await options.context.database.db.apiToken.updateMany({
    where: { id: options.tokenId, userId: options.userId, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  if (count === 0) throw notFound("Token");
}
