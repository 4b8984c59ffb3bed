/** The caller's tokens that were not revoked, newest first. */
import { z } from "zod";
import { TOKEN_SCOPES } from "~/domain/actor";
import type { TokenView } from "../../api/schemas/account";
import type { ApiToken } from "../../db/generated/client";
import { isoOrNull } from "../builds/build-view";
import type { ServiceContext } from "../context";

const scope = z.enum(TOKEN_SCOPES);

export async function listTokens(options: { context: Pick<ServiceContext, "database">; userId: string }): Promise<TokenView[]> {
  const rows = await options.context.database.db.apiToken.findMany({ where: { userId: options.userId, revokedAt: null }, orderBy: { id: "desc" } });
  return rows.map(toTokenView);
}

export function toTokenView(row: ApiToken): TokenView {
  return {
    token_id: row.id,
    name: row.name,
    preview: row.preview,
    scopes: z.array(scope).parse(row.scopes),
    created_at: row.createdAt.toISOString(),
    last_used_at: isoOrNull(row.lastUsedAt),
    expires_at: isoOrNull(row.expiresAt),
  };
}
