/** Whoever asks: one shape for a signed-in browser, an API token and the system itself. */

export const TOKEN_SCOPES = ["builds:read", "builds:write", "admin"] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

export interface Actor {
  userId: string;
  handle: string;
  name: string;
  email: string;
  image: string | null;
  role: "user" | "admin";
  via: "session" | "token";
  /** What a token may do. A session may do all that its user may. */
  scopes: readonly TokenScope[];
}

/** `admin` implies both others; `builds:write` implies reading. An admin's token without `admin` acts as a plain user. */
export function hasScope(actor: Actor, scope: TokenScope): boolean {
  if (actor.via === "session") return scope !== "admin" || actor.role === "admin";
  if (actor.scopes.includes("admin")) return scope !== "admin" || actor.role === "admin";
  return actor.scopes.includes(scope) || (scope === "builds:read" && actor.scopes.includes("builds:write"));
}

/** True for an admin who acts with all of an admin's rights. */
export function actsAsAdmin(actor: Actor): boolean {
  return actor.role === "admin" && hasScope(actor, "admin");
}
