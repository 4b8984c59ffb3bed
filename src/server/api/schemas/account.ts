/** What is asked about the caller, their sessions and tokens. */
import { z } from "zod";
import { TOKEN_SCOPES } from "~/domain/actor";
import { HANDLE_PATTERN, HANDLE_RULE } from "~/domain/names";
import { packageKind } from "./builds";
import { id } from "./names";

const time = z.iso.datetime();

export const displayName = z.string().trim().min(1, { error: "must not be empty." }).max(80, { error: "must have at most 80 characters." });
export const email = z.string().trim().toLowerCase().max(254, { error: "must have at most 254 characters." }).pipe(z.email({ error: "must be an e-mail address, such as ada@example.com." }));
const PASSWORD_RULE = "must have 10 to 200 characters.";
export const newPassword = z.string().min(10, { error: PASSWORD_RULE }).max(200, { error: PASSWORD_RULE });

export const userView = z.object({
  user_id: z.string(),
  handle: z.string(),
  name: z.string(),
  email: z.string(),
  image: z.string().nullable(),
  role: z.enum(["user", "admin"]),
});
export type UserView = z.infer<typeof userView>;

export const meOutput = z.object({
  user: userView.nullable(),
  workspaces: z.array(
    z.object({ workspace_id: z.string(), slug: z.string(), name: z.string(), role: z.enum(["owner", "member", "viewer"]) }),
  ),
  signup_open: z.boolean(),
  github_enabled: z.boolean(),
  /** How the workers that are alive keep user code in its box; `none`: they can't, and refuse untrusted builds. */
  isolation: z.enum(["sandboxed", "insecure", "none", "unknown"]),
  /** What can be built here. */
  kinds: z.array(packageKind),
});

export const updateMeInput = z.strictObject({ name: displayName });
export const changePasswordInput = z.strictObject({ current_password: z.string().max(200), new_password: newPassword });

export const sessionsOutput = z.object({
  sessions: z.array(
    z.object({
      session_id: z.string(),
      user_agent: z.string().nullable(),
      created_at: time,
      last_seen_at: time,
      expires_at: time,
      /** The one that asks. */
      current: z.boolean(),
    }),
  ),
});
export const revokeSessionInput = z.strictObject({ session_id: id });

export const signUpInput = z.strictObject({
  email,
  handle: z.string().regex(HANDLE_PATTERN, { error: `${HANDLE_RULE}.` }),
  name: displayName,
  password: newPassword,
});
export const signUpOutput = z.object({ user_id: z.string(), handle: z.string() });

export const tokenView = z.object({
  token_id: z.string(),
  name: z.string(),
  preview: z.string(),
  scopes: z.array(z.enum(TOKEN_SCOPES)),
  created_at: time,
  last_used_at: time.nullable(),
  expires_at: time.nullable(),
});
export type TokenView = z.infer<typeof tokenView>;
export const tokensOutput = z.object({ tokens: z.array(tokenView) });
export const createTokenInput = z.strictObject({
  name: z.string().trim().min(1, { error: "must not be empty." }).max(80, { error: "must have at most 80 characters." }),
  scopes: z.array(z.enum(TOKEN_SCOPES)).min(1, { error: "must name at least one scope." }),
  /** Null or left out: never. */
  expires_at: z.iso.datetime({ offset: true }).nullish(),
});
export const createdToken = tokenView.extend({ token: z.string() });
export const revokeTokenInput = z.strictObject({ token_id: id });
