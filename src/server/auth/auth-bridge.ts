/**
 * What the sign-in handler needs of the server. The handler is bundled with the pages, apart from the server it runs in;
 * the server leaves this on `globalThis`, so that the bundle holds no copy of the database's code.
 */
export interface AuthBridge {
  /** Signs and encrypts the cookie. */
  secret: string;
  secureCookies: boolean;
  github: { id: string; secret: string } | null;
  /** The user's id; null when they don't match; a sentence when it is refused, such as after too many tries. */
  checkPassword(options: { email: string; password: string; ip: string }): Promise<{ userId: string } | { refused: string } | null>;
  /** The account of a GitHub user, made at the first sign-in where sign-up is open. */
  findGithubUser(options: GithubProfile): Promise<{ userId: string } | { refused: string }>;
  openSession(options: { userId: string; userAgent: string | null }): Promise<string>;
  holdsSession(sessionId: string): Promise<boolean>;
  closeSession(sessionId: string): Promise<void>;
  warn(fields: object, message: string): void;
}

export interface GithubProfile {
  id: string;
  login: string;
  name: string | null;
  email: string | null;
  image: string | null;
}

const KEY = Symbol.for("slipway.auth");

/** Called once by the server. */
export function provideAuth(bridge: AuthBridge): void {
  Reflect.set(globalThis, KEY, bridge);
}

/** Null where pages run without the server. */
export function findAuth(): AuthBridge | null {
  const found: unknown = Reflect.get(globalThis, KEY);
  return isBridge(found) ? found : null;
}

function isBridge(value: unknown): value is AuthBridge {
  return typeof value === "object" && value !== null && "checkPassword" in value;
}
