/** The account that belongs to a GitHub user. */
import { AppError } from "~/domain/errors";
import { createId } from "~/domain/ids";
import { HANDLE_PATTERN, isReservedHandle } from "~/domain/names";
import type { Tx } from "../../db/client";
import type { ServiceContext } from "../context";
import { createUser } from "./create-user";

const PROVIDER = "github";

export interface SignInWithGithubOptions {
  context: Pick<ServiceContext, "database">;
  signupOpen: boolean;
  profile: { id: string; login: string; name: string | null; email: string | null; image: string | null };
}

/**
 * Makes the account at the first sign-in. An e-mail address that has an account here already is refused: whoever opened
 * that account never proved that the address is theirs. Throws `forbidden`, `conflict` or `validation_failed`.
 */
export async function signInWithGithub({ context, signupOpen, profile }: SignInWithGithubOptions): Promise<{ userId: string }> {
  const { db } = context.database;
  const account = await db.account.findUnique({ where: { provider_providerAccountId: { provider: PROVIDER, providerAccountId: profile.id } } });
  if (account !== null) return { userId: account.userId };
  if (!signupOpen) throw new AppError("forbidden", { userMessage: "Sign-up is closed on this server. Ask whoever runs it for an account." });
  const email = profile.email?.trim().toLowerCase();
  if (email === undefined || email === "") {
    throw new AppError("validation_failed", { userMessage: "GitHub gave no verified e-mail address. Verify one there, then try again." });
  }
  if ((await db.user.count({ where: { email } })) > 0) {
    throw new AppError("conflict", { userMessage: "This e-mail address has an account here already. Sign in with its password." });
  }
  const user = await db.$transaction(async (tx) => {
    const handle = await findFreeHandle({ tx, wish: profile.login });
    const created = await createUser({ tx, email, handle, name: profile.name ?? profile.login, passwordHash: null, image: profile.image });
    await tx.account.create({ data: { id: createId("account"), userId: created.id, provider: PROVIDER, providerAccountId: profile.id } });
    return created;
  });
  return { userId: user.id };
}

/** The login in lower case, with a number after it when it is taken or reserved. */
async function findFreeHandle({ tx, wish }: { tx: Tx; wish: string }): Promise<string> {
  const cleaned = wish.toLowerCase().replace(/[^a-z0-9-]/g, "-").replace(/^-+|-+$/g, "").slice(0, 34).replace(/-+$/, "");
  const base = HANDLE_PATTERN.test(cleaned) ? cleaned : "maker";
  for (let number = 1; ; number += 1) {
    const handle = number === 1 ? base : `${base}-${number}`;
    if (isReservedHandle(handle)) continue;
    const taken = (await tx.user.count({ where: { handle } })) + (await tx.workspace.count({ where: { slug: handle } }));
    if (taken === 0) return handle;
  }
}
