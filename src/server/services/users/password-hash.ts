/** Passwords as argon2id, with the parameters of OWASP's cheat sheet (19 MiB, 2 rounds, 1 lane). */
import { hash, verify } from "@node-rs/argon2";

const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  // The library's default algorithm is argon2id.
  return hash(password, PARAMETERS);
}

/** False also for a hash that is damaged. */
export async function verifyPassword(options: { hash: string; password: string }): Promise<boolean> {
  try {
    return await verify(options.hash, options.password);
  } catch {
    return false;
  }
}

let standIn: Promise<string> | undefined;

/** Takes as long as a real check, so that the time of an answer does not tell whether an account exists. */
export async function verifyAgainstNobody(password: string): Promise<false> {
  standIn ??= hashPassword("no account has this password");
  await verifyPassword({ hash: await standIn, password });
  return false;
}
