/** Signed-in browsers: a row each, and none without its row. */
import { notFound } from "~/domain/errors";
import { createId } from "~/domain/ids";
import type { ServiceContext } from "../context";

export const SESSION_DAYS = 30;

type Context = Pick<ServiceContext, "database">;

/** Opens a session for a user who has just signed in. Answers its id. */
export async function openSession(options: { context: Context; userId: string; userAgent: string | null }): Promise<string> {
  const { id } = await options.context.database.db.session.create({
    data: {
      id: createId("session"),
      userId: options.userId,
      userAgent: options.userAgent?.slice(0, 400) ?? null,
      expiresAt: new Date(Date.now() + SESSION_DAYS * 86_400_000),
    },
    select: { id: true },
  });
  return id;
}

/** The caller's sessions that hold, the last seen first. */
export async function listSessions(options: { context: Context; userId: string; currentId: string | null }) {
  const rows = await options.context.database.db.session.findMany({
    where: { userId: options.userId, expiresAt: { gt: new Date() } },
    orderBy: { lastSeenAt: "desc" },
  });
  return rows.map((row) => ({
    session_id: row.id,
    user_agent: row.userAgent,
    created_at: row.createdAt.toISOString(),
    last_seen_at: row.lastSeenAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
    current: row.id === options.currentId,
  }));
}

/** Signs that browser out at once. Throws `not_found` for a session that is not the caller's. */
export async function revokeSession(options: { context: Context; userId: string; sessionId: string }): Promise<void> {
  const { count } = await options.context.database.db.session.deleteMany({ where: { id: options.sessionId, userId: options.userId } });
  if (count === 0) throw notFound("Session");
}

/** Closes a session whoever's it is: the browser that holds it signs out. */
export async function closeSession(options: { context: Context; sessionId: string }): Promise<void> {
  await options.context.database.db.session.deleteMany({ where: { id: options.sessionId } });
}
