/** Changes the caller's password and signs out every other browser. */
import { AppError, invalidField, notFound } from "~/domain/errors";
import type { ServiceContext } from "../context";
import { takeFromLimit } from "../limits/take-from-limit";
import { hashPassword, verifyPassword } from "./password-hash";

export interface ChangePasswordOptions {
  context: Pick<ServiceContext, "database">;
  userId: string;
  currentPassword: string;
  newPassword: string;
  /** The session that asks; it stays signed in. */
  sessionId: string | null;
}

/** Throws `validation_failed` for a wrong current password, `too_many_requests` after ten tries in 15 minutes. */
export async function changePassword(options: ChangePasswordOptions): Promise<void> {
  const { context, userId } = options;
  const { db } = context.database;
  const limit = await takeFromLimit({ context, key: `change-password:${userId}`, limit: 10, windowSeconds: 15 * 60 });
  if (!limit.allowed) {
    throw new AppError("too_many_requests", { userMessage: "Too many tries. Wait a little and try again.", retryAfterSeconds: limit.resetSeconds, retryable: true });
  }
  const user = await db.user.findUnique({ where: { id: userId } });
  if (user === null) throw notFound("User");
  if (user.passwordHash !== null && !(await verifyPassword({ hash: user.passwordHash, password: options.currentPassword }))) {
    throw invalidField("current_password", "is not your present password.");
  }
  const passwordHash = await hashPassword(options.newPassword);
  await db.$transaction([
    db.user.update({ where: { id: userId }, data: { passwordHash } }),
    db.session.deleteMany({ where: { userId, ...(options.sessionId === null ? {} : { NOT: { id: options.sessionId } }) } }),
  ]);
}
