/** The server's side of signing in. */
import { isAppError } from "~/domain/errors";
import type { ServiceContext } from "../services/context";
import { closeSession, openSession } from "../services/users/manage-sessions";
import { signInWithGithub } from "../services/users/sign-in-with-github";
import { verifyCredentials } from "../services/users/verify-credentials";
import type { AuthBridge } from "./auth-bridge";

export interface CreateAuthBridgeOptions {
  services: ServiceContext;
  secret: string;
  secureCookies: boolean;
  github: { id: string; secret: string } | null;
  signupOpen: boolean;
}

export function createAuthBridge(options: CreateAuthBridgeOptions): AuthBridge {
  const { services: context, secret, secureCookies, github, signupOpen } = options;
  return {
    secret,
    secureCookies,
    github,
    checkPassword: (credentials) =>
      answerRefusals(async () => {
        const user = await verifyCredentials({ context, ...credentials });
        return user === null ? null : { userId: user.id };
      }),
    findGithubUser: (profile) => answerRefusals(() => signInWithGithub({ context, signupOpen, profile })),
    openSession: ({ userId, userAgent }) => openSession({ context, userId, userAgent }),
    holdsSession: async (id) => (await context.database.db.session.count({ where: { id, expiresAt: { gt: new Date() } } })) > 0,
    closeSession: (sessionId) => closeSession({ context, sessionId }),
    warn: (fields, message) => context.logger.warn(fields, message),
  };
}

/** A refusal with a sentence for the person is an answer; a fault of ours stays an exception. */
async function answerRefusals<Answer>(ask: () => Promise<Answer>): Promise<Answer | { refused: string }> {
  try {
    return await ask();
  } catch (error) {
    if (isAppError(error) && error.code !== "internal") return { refused: error.userMessage };
    throw error;
  }
}
