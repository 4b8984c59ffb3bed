/** Makes the first admin of a new installation, with the workspace `admin`. */
import { randomBytes } from "node:crypto";
import type { Db, Tx } from "../../db/client";
import { createUser } from "./create-user";
import { hashPassword } from "./password-hash";

const HANDLE = "admin";
const EMAIL = "admin@localhost";
/** Any number will do: holders of the same advisory lock take turns. */
const LOCK = 7_106_201;

export interface EnsureFirstAdminOptions {
  db: Db;
  /** Default `admin@localhost`. */
  email?: string;
  /** Left out: generated. */
  password?: string;
}

/**
 * Does nothing when there is an admin. `password` is the one that was generated, and null when it was given or nothing was
 * made: it can't be read again later. Safe to call from several processes at once.
 */
export async function ensureFirstAdmin(options: EnsureFirstAdminOptions): Promise<{ email: string; password: string | null; created: boolean }> {
  const findAdmin = (db: Tx) => db.user.findFirst({ where: { role: "admin" }, orderBy: { id: "asc" }, select: { email: true } });
  const known = await findAdmin(options.db);
  if (known !== null) return { email: known.email, password: null, created: false };
  const email = (options.email ?? EMAIL).trim().toLowerCase();
  const password = options.password ?? randomBytes(18).toString("base64url");
  const passwordHash = await hashPassword(password);
  return options.db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK})`;
    const existing = await findAdmin(tx);
    if (existing !== null) return { email: existing.email, password: null, created: false };
    await createUser({ tx, email, handle: HANDLE, name: "Admin", passwordHash, role: "admin" });
    return { email, password: options.password === undefined ? password : null, created: true };
  });
}
