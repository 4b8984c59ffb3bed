/**
 * Checks e-mail and password. Failures are counted per account and per address across processes; an unknown e-mail
 * and a wrong password can't be told apart, neither by the answer nor by its time.
 */
import { AppError } from "~/domain/errors";
import type { User } from "../../db/generated/client";
import { sha256Hex } from "~/domain/fingerprint";
import type { ServiceContext } from "../context";
import { resetLimit, takeFromLimit } from "../limits/take-from-limit";
import { verifyAgainstNobody, verifyPassword } from "./password-hash";

const WINDOW_SECONDS = 15 * 60;
/** Failed sign-ins in a window. The address's is larger: many people may share one. */
export const MAX_FAILURES = { email: 10, ip: 50 } as const;

export interface VerifyCredentialsOptions {
  context: Pick<ServiceContext, "database">;
  email: string;
  password: string;
  ip: string;
}

/** Null when they don't match. Throws `too_many_requests` after too many failures, even for the right password. */
export async function verifyCredentials(options: VerifyCredentialsOptions): Promise<User | null> {
  const { context, password, ip } = options;
  const email = options.email.trim().toLowerCase();
  // Hashed: a mistyped password in the e-mail field must not stand in the table in plain.
  const limits = [
    { key: `sign-in:email:${sha256Hex(email)}`, limit: MAX_FAILURES.email },
    { key: `sign-in:ip:${ip}`, limit: MAX_FAILURES.ip },
  ];
  // Counted before the password is looked at, so that guesses sent at once can't slip through together.
  const taken = await Promise.all(limits.map((limit) => takeFromLimit({ context, ...limit, windowSeconds: WINDOW_SECONDS })));
  const full = taken.find((state) => !state.allowed);
  if (full !== undefined) {
    throw new AppError("too_many_requests", {
      userMessage: `Too many failed sign-ins. Try again in ${Math.ceil(full.resetSeconds / 60)} min.`,
      retryAfterSeconds: full.resetSeconds,
      retryable: true,
    });
  }
  const user = await context.database.db.user.findUnique({ where: { email } });
  const matches = user?.passwordHash == null ? await verifyAgainstNobody(password) : await verifyPassword({ hash: user.passwordHash, password });
  if (user === null || !matches) return null;
  await resetLimit({ context, key: `sign-in:email:${sha256Hex(email)}` });
  await takeFromLimit({ context, key: `sign-in:ip:${ip}`, limit: MAX_FAILURES.ip, windowSeconds: WINDOW_SECONDS, amount: -1 });
  return user;
}
