/** Opens an account for anyone, where sign-up is open. */
import { AppError, invalidField } from "~/domain/errors";
import { isReservedHandle } from "~/domain/names";
import type { User } from "../../db/generated/client";
import { isUniqueViolation } from "../../db/unique-violation";
import type { ServiceContext } from "../context";
import { takeFromLimit } from "../limits/take-from-limit";
import { createUser } from "./create-user";
import { hashPassword } from "./password-hash";

/** Accounts that one address may open in an hour. */
const PER_ADDRESS = 20;

export interface SignUpOptions {
  context: Pick<ServiceContext, "database">;
  signupOpen: boolean;
  email: string;
  handle: string;
  name: string;
  password: string;
  ip: string;
}

/** Throws `forbidden` when closed, `too_many_requests`, `validation_failed` for a reserved handle, `name_taken`. */
export async function signUp(options: SignUpOptions): Promise<User> {
  const { context, email, handle, name, password, ip } = options;
  if (!options.signupOpen) throw new AppError("forbidden", { userMessage: "Sign-up is closed on this server. Ask whoever runs it for an account." });
  if (isReservedHandle(handle)) throw invalidField("handle", `"${handle}" is reserved. Choose another.`);
  const limit = await takeFromLimit({ context, key: `sign-up:ip:${ip}`, limit: PER_ADDRESS, windowSeconds: 3600 });
  if (!limit.allowed) {
    throw new AppError("too_many_requests", {
      userMessage: "Too many accounts were opened from here. Try again later.",
      retryAfterSeconds: limit.resetSeconds,
      retryable: true,
    });
  }
  const passwordHash = await hashPassword(password);
  try {
    return await context.database.db.$transaction((tx) => createUser({ tx, email, handle, name, passwordHash }));
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError("name_taken", { userMessage: "The e-mail address or the handle was taken a moment ago. Choose another.", cause: error });
    throw error;
  }
}
