/** People, with everything that they may prove themselves by. */
import { randomBytes } from "node:crypto";
import { encode } from "next-auth/jwt";
import type { Actor, TokenScope } from "~/domain/actor";
import type { ServiceContext } from "~/server/services/context";
import { createToken } from "~/server/services/tokens/create-token";
import { createUser } from "~/server/services/users/create-user";
import { openSession } from "~/server/services/users/manage-sessions";
import { hashPassword } from "~/server/services/users/password-hash";
import { sessionCookieName } from "~/server/auth/session-cookie";
import { TEST_SECRET } from "../support/api-server";

export interface TestUser {
  actor: Actor;
  handle: string;
  email: string;
  workspaceId: string;
  /** A token with these scopes; default: reading and writing. */
  token(scopes?: readonly TokenScope[], expiresAt?: Date): Promise<{ token: string; id: string }>;
  /** The cookie header of a browser that just signed in. */
  cookie(): Promise<{ cookie: string; sessionId: string }>;
}

export interface CreateTestUserOptions {
  services: ServiceContext;
  role?: "user" | "admin";
  /** Left out: none, which saves the time to hash it. */
  password?: string;
}

export async function createTestUser({ services, role = "user", password }: CreateTestUserOptions): Promise<TestUser> {
  const { db } = services.database;
  const handle = `u-${randomBytes(6).toString("hex")}`;
  const email = `${handle}@example.org`;
  const passwordHash = password === undefined ? null : await hashPassword(password);
  const user = await db.$transaction((tx) => createUser({ tx, email, handle, name: `User ${handle}`, passwordHash, role }));
  const workspace = await db.workspace.findUniqueOrThrow({ where: { personalUserId: user.id } });
  return {
    actor: { userId: user.id, handle, name: user.name, email, image: null, role, via: "session", scopes: [] },
    handle,
    email,
    workspaceId: workspace.id,
    async token(scopes = ["builds:read", "builds:write"], expiresAt) {
      const { token, row } = await createToken({ db, userId: user.id, role, name: "test", scopes });
      if (expiresAt !== undefined) await db.apiToken.update({ where: { id: row.id }, data: { expiresAt } });
      return { token, id: row.id };
    },
    async cookie() {
      const sessionId = await openSession({ context: services, userId: user.id, userAgent: "test browser" });
      const token = await encode({ token: { sid: sessionId }, secret: TEST_SECRET });
      return { cookie: `${sessionCookieName(false)}=${token}`, sessionId };
    },
  };
}

/** Adds a user to somebody else's workspace. */
export async function addMember(options: { services: ServiceContext; workspaceId: string; user: TestUser; role: "owner" | "member" | "viewer" }): Promise<void> {
  const { services, workspaceId, user, role } = options;
  await services.database.db.membership.create({ data: { workspaceId, userId: user.actor.userId, role } });
}
