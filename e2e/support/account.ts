/** People who use the product: each test makes its own, so that no test meets what another left. */
import { randomInt, randomUUID } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import { z } from "zod";

export interface Account {
  name: string;
  /** Also the name of the personal workspace. */
  handle: string;
  email: string;
  password: string;
}

/** A name nobody has. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${randomUUID().slice(0, 8)}`;
}

export function inventAccount(): Account {
  const handle = uniqueName("ada");
  return { name: `Ada ${handle.slice(4)}`, handle, email: `${handle}@example.com`, password: `a long password ${randomUUID()}` };
}

/**
 * An address of its own for each test, as a proxy on this machine would name it: accounts and sign-ins are counted per
 * address, and a suite opens more of them in a minute than a person in a year.
 */
export function inventAddress(): string {
  return `10.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;
}

/** Opens the account over the API. */
export async function openAccount(options: { request: APIRequestContext; account?: Account }): Promise<Account> {
  const { request, account = inventAccount() } = options;
  const answer = await request.post("/api/trpc/auth.signUp", { data: account });
  if (!answer.ok()) throw new Error(`The account could not be opened: ${answer.status()} ${await answer.text()}`);
  return account;
}

/** Signs in over the API; the request's context, and with it its pages, have the cookie then. */
export async function signIn(options: { request: APIRequestContext; account: Pick<Account, "email" | "password">; origin: string }): Promise<void> {
  const { request, account, origin } = options;
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await (await request.get("/api/auth/csrf")).json());
  const answer = await request.post("/api/auth/callback/credentials", {
    headers: { origin },
    form: { csrfToken, email: account.email, password: account.password, json: "true" },
  });
  if (!answer.ok()) throw new Error(`Signing in failed: ${answer.status()} ${await answer.text()}`);
}
