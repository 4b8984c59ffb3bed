/** Who sent a request: a signed-in browser, the holder of a token, or nobody. */
import { z } from "zod";
import { TOKEN_SCOPES, type Actor } from "~/domain/actor";
import { AppError } from "~/domain/errors";
import { sha256Hex } from "~/domain/fingerprint";
import type { Database } from "../db/client";
import type { User } from "../db/generated/client";
import { TOKEN_PREFIX } from "../services/tokens/create-token";
import { readSessionCookie } from "./session-cookie";

export interface Caller {
  /** Null: anonymous. */
  actor: Actor | null;
  sessionId: string | null;
  tokenId: string | null;
  /** A token was sent that does not hold. A cookie that does not hold is no more than none: browsers keep old ones. */
  problem: AppError | null;
}

export interface ResolveOptions {
  database: Pick<Database, "db" | "pool">;
  headers: Headers;
  secret: string;
  /** True where people reach the server by HTTPS. */
  secureCookies: boolean;
}

/** How exact `last used` and `last seen` are: at most one write in so long. */
const NOTE_EVERY_MS = 60_000;
const scopesSchema = z.array(z.enum(TOKEN_SCOPES)).catch([]);

/** A bearer token goes before a cookie. */
export async function resolveCaller(options: ResolveOptions): Promise<Caller> {
  const authorization = options.headers.get("authorization");
  if (authorization !== null) return resolveToken({ ...options, authorization });
  const sessionId = await readSessionCookie({
    cookieHeader: options.headers.get("cookie"),
    secret: options.secret,
    secure: options.secureCookies,
  });
  return sessionId === null ? { actor: null, sessionId: null, tokenId: null, problem: null } : resolveSession({ ...options, sessionId });
}

/** As `resolveCaller`. Throws `unauthenticated` for a token that does not hold. */
export async function resolveActor(options: ResolveOptions): Promise<Actor | null> {
  const caller = await resolveCaller(options);
  if (caller.problem !== null) throw caller.problem;
  return caller.actor;
}

async function resolveSession(options: ResolveOptions & { sessionId: string }): Promise<Caller> {
  const { db } = options.database;
  const now = Date.now();
  const session = await db.session.findUnique({ where: { id: options.sessionId }, include: { user: true } });
  if (session === null || session.expiresAt.getTime() <= now) return { actor: null, sessionId: null, tokenId: null, problem: null };
  if (now - session.lastSeenAt.getTime() > NOTE_EVERY_MS) {
    await db.session.updateMany({ where: { id: session.id }, data: { lastSeenAt: new Date(now) } });
  }
  return { actor: toActor({ user: session.user, via: "session", scopes: [] }), sessionId: session.id, tokenId: null, problem: null };
}

async function resolveToken(options: ResolveOptions & { authorization: string }): Promise<Caller> {
  const { db, pool } = options.database;
  const token = /^Bearer\s+(\S+)$/i.exec(options.authorization.trim())?.[1];
  if (token === undefined || !token.startsWith(TOKEN_PREFIX)) {
    return refused("The Authorization header must be `Bearer slw_…`, a personal access token. Make one in the settings.");
  }
  const now = Date.now();
  // Plain SQL: each call of a script begins with it.
  const { rows } = await pool.query<TokenRow>({
    name: "token-holder",
    text: `
      SELECT t.id AS "tokenId", t.scopes, t.revoked_at AS "revokedAt", t.expires_at AS "expiresAt", t.last_used_at AS "lastUsedAt", u.id, u.handle, u.name, u.email, u.image, u.role
      FROM api_token t JOIN "user" u ON u.id = t.user_id WHERE t.hash = $1`,
    values: [sha256Hex(token)],
  });
  const row = rows[0];
  if (row === undefined) return refused("This token is not known here. Check that it is complete and of this server, or make a new one in the settings.");
  if (row.revokedAt !== null) return refused("This token was revoked. Make a new one in the settings.");
  if (row.expiresAt !== null && row.expiresAt.getTime() <= now) return refused(`This token expired at ${row.expiresAt.toISOString()}. Make a new one in the settings.`);
  if (row.lastUsedAt === null || now - row.lastUsedAt.getTime() > NOTE_EVERY_MS) {
    await db.apiToken.updateMany({ where: { id: row.tokenId }, data: { lastUsedAt: new Date(now) } });
  }
  return { actor: toActor({ user: row, via: "token", scopes: scopesSchema.parse(row.scopes) }), sessionId: null, tokenId: row.tokenId, problem: null };
}

type Holder = Pick<User, "id" | "handle" | "name" | "email" | "image" | "role">;

interface TokenRow extends Holder {
  tokenId: string;
  scopes: string[];
  revokedAt: Date | null;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

function refused(userMessage: string): Caller {
  return { actor: null, sessionId: null, tokenId: null, problem: new AppError("unauthenticated", { userMessage }) };
}

function toActor(options: { user: Holder; via: Actor["via"]; scopes: Actor["scopes"] }): Actor {
  const { user, via, scopes } = options;
  return { userId: user.id, handle: user.handle, name: user.name, email: user.email, image: user.image, role: user.role, via, scopes };
}
