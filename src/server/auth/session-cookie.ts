/** The sign-in cookie: an encrypted token that carries nothing but the id of a session's row. */
import { decode } from "next-auth/jwt";
import { z } from "zod";

/** With HTTPS the name carries a prefix that no insecure page can set. */
export function sessionCookieName(secure: boolean): string {
  return secure ? "__Secure-next-auth.session-token" : "next-auth.session-token";
}

const payloadSchema = z.object({ sid: z.string() });

/** The session's id, or null for a cookie that is missing, forged or expired. */
export async function readSessionCookie(options: { cookieHeader: string | null; secret: string; secure: boolean }): Promise<string | null> {
  const token = findCookie({ header: options.cookieHeader, name: sessionCookieName(options.secure) });
  if (token === null) return null;
  const payload = await decode({ token, secret: options.secret }).catch(() => null);
  const parsed = payloadSchema.safeParse(payload);
  return parsed.success ? parsed.data.sid : null;
}

function findCookie({ header, name }: { header: string | null; name: string }): string | null {
  for (const part of header?.split(";") ?? []) {
    const [key, ...value] = part.split("=");
    if (key?.trim() === name) return value.join("=").trim();
  }
  return null;
}
