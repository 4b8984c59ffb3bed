/** Makes a personal access token. It is told once; only its SHA-256 is kept. */
import { randomBytes } from "node:crypto";
import { invalidField } from "~/domain/errors";
import type { TokenScope } from "~/domain/actor";
import { sha256Hex } from "~/domain/fingerprint";
import { createId } from "~/domain/ids";
import type { Tx } from "../../db/client";
import type { ApiToken } from "../../db/generated/client";

export const TOKEN_PREFIX = "slw_";

export interface CreateTokenOptions {
  db: Tx;
  userId: string;
  /** What the user is: only an admin's token may have the scope `admin`. */
  role: "user" | "admin";
  name: string;
  scopes: readonly TokenScope[];
  expiresAt?: Date | null;
}

/** `token` is `slw_` and 32 random bytes, URL-safe. Throws `validation_failed` for a scope or an expiry that can't be. */
export async function createToken(options: CreateTokenOptions): Promise<{ token: string; row: ApiToken }> {
  const { db, userId, name, expiresAt = null } = options;
  const scopes = [...new Set(options.scopes)];
  if (scopes.includes("admin") && options.role !== "admin") throw invalidField("scopes", "only an admin's token may have the scope admin. Leave it out.");
  if (expiresAt !== null && expiresAt.getTime() <= Date.now()) throw invalidField("expires_at", "must be in the future. Leave it out for a token that does not expire.");
  const token = `${TOKEN_PREFIX}${randomBytes(32).toString("base64url")}`;
  const row = await db.apiToken.create({
    data: { id: createId("apiToken"), userId, name, hash: sha256Hex(token), preview: token.slice(0, 10), scopes, expiresAt },
  });
  return { token, row };
}
