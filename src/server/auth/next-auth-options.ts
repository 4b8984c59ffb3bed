/** next-auth on our own sessions: its cookie carries the id of a row, and the row decides. */
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import GithubProvider from "next-auth/providers/github";
import { z } from "zod";
import type { AuthBridge } from "./auth-bridge";

const SESSION_SECONDS = 30 * 86_400;
const credentialsSchema = z.object({ email: z.string().min(1).max(254), password: z.string().min(1).max(200) });
const githubSchema = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  login: z.string(),
  name: z.string().nullish().default(null),
  email: z.string().nullish().default(null),
  avatar_url: z.string().nullish().default(null),
});

export interface CreateAuthOptionsOptions {
  bridge: AuthBridge;
  /** Of the request, as the server put them right: `x-forwarded-for` is the caller's address. */
  headers: Headers;
}

export function createAuthOptions({ bridge, headers }: CreateAuthOptionsOptions): NextAuthOptions {
  const ip = headers.get("x-forwarded-for") ?? "unknown";
  return {
    secret: bridge.secret,
    useSecureCookies: bridge.secureCookies,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(credentials) {
          const parsed = credentialsSchema.safeParse(credentials);
          if (!parsed.success) return null;
          const answer = await bridge.checkPassword({ ...parsed.data, ip });
          if (answer === null) return null;
          // next-auth hands the message of an error to the page, and nothing else.
          if ("refused" in answer) throw new Error(answer.refused);
          return { id: answer.userId };
        },
      }),
      ...(bridge.github === null ? [] : [GithubProvider({ clientId: bridge.github.id, clientSecret: bridge.github.secret })]),
    ],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.provider !== "github") return true;
        const github = githubSchema.parse(profile);
        // The address that the provider looked up among the person's verified ones.
        const email = user.email ?? github.email;
        const answer = await bridge.findGithubUser({ id: github.id, login: github.login, name: github.name, email, image: github.avatar_url });
        if ("refused" in answer) return `/sign-in?error=${encodeURIComponent(answer.refused)}`;
        user.id = answer.userId;
        return true;
      },
      async jwt({ token, user }) {
        // `user` is there at sign-in alone.
        if (user !== undefined && user !== null) {
          return { sid: await bridge.openSession({ userId: user.id, userAgent: headers.get("user-agent") }) };
        }
        // Thrown: next-auth then clears the cookie of a session that was revoked.
        if (typeof token.sid !== "string" || !(await bridge.holdsSession(token.sid))) throw new Error("The session is over.");
        return { sid: token.sid };
      },
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid === "string") await bridge.closeSession(token.sid);
      },
    },
    logger: {
      error: (code, detail) => {
        if (code !== "JWT_SESSION_ERROR") bridge.warn({ code, detail: String("message" in detail ? detail.message : detail) }, "sign-in");
      },
      warn: (code) => bridge.warn({ code }, "sign-in"),
      debug: () => undefined,
    },
  };
}
