/** Makes a user together with the workspace that is theirs alone. */
import { AppError } from "~/domain/errors";
import { createId } from "~/domain/ids";
import type { Tx } from "../../db/client";
import type { User, UserRole } from "../../db/generated/client";

export interface CreateUserOptions {
  /** An open transaction: user, workspace and membership come all or none. */
  tx: Tx;
  /** Lower case. */
  email: string;
  /** Also the workspace's slug. */
  handle: string;
  name: string;
  /** Of `hashPassword`, made before the transaction: it takes its time, and a transaction has little. Null: signs in through another provider only. */
  passwordHash: string | null;
  image?: string | null;
  role?: UserRole;
}

/** Throws `name_taken` that names the field; under a race the database's own refusal comes through as a unique violation. */
export async function createUser(options: CreateUserOptions): Promise<User> {
  const { tx, email, handle, name } = options;
  if ((await tx.user.count({ where: { email } })) > 0) throw taken("email", "has an account already. Sign in instead, or use another e-mail address.");
  const handles = await tx.user.count({ where: { handle } });
  if (handles > 0 || (await tx.workspace.count({ where: { slug: handle } })) > 0) throw taken("handle", `"${handle}" is taken. Choose another.`);
  const user = await tx.user.create({
    data: {
      id: createId("user"),
      email,
      handle,
      name,
      image: options.image ?? null,
      passwordHash: options.passwordHash,
      role: options.role ?? "user",
    },
  });
  await tx.workspace.create({
    data: { id: createId("workspace"), slug: handle, name, personalUserId: user.id, members: { create: { userId: user.id, role: "owner" } } },
  });
  return user;
}

function taken(path: string, message: string): AppError {
  return new AppError("name_taken", { userMessage: `${path} ${message}`, fields: [{ path, message }] });
}
