/**
 * The authorization matrix of the pages, as `tests/integration/api/access` is that of the API: every page and handler below
 * `src/app` × who asks. It fails when one is added without a row.
 */
import { globSync } from "node:fs";
import path from "node:path";
import type { APIRequestContext } from "@playwright/test";
import { signIn, uniqueName } from "./support/account";
import { smallPackage } from "./support/boards";
import { expect, test } from "./support/test";

/** What a request is answered: a page with what is private in it, one without, nothing (404), or the way to sign in. */
type Outcome = "private" | "open" | "missing" | "sign in";
const CALLERS = ["visitor", "outsider", "owner", "admin"] as const;
type Row = Record<(typeof CALLERS)[number], Outcome>;

const open: Row = { visitor: "open", outsider: "open", owner: "open", admin: "open" };
const signedIn: Row = { ...open, visitor: "sign in" };
/** Lists of what the caller may see. */
const lists: Row = { ...open, owner: "private", admin: "private" };
const ofThePackage: Row = { visitor: "missing", outsider: "missing", owner: "private", admin: "private" };
/** These say by themselves that there is nothing, in a page of their own. */
const withWords: Row = { ...ofThePackage, visitor: "open", outsider: "open" };

const ROWS: Readonly<Record<string, Row>> = {
  "/": { ...lists, admin: "open" },
  "/builds": lists,
  "/docs/api": open,
  "/new": signedIn,
  "/settings": signedIn,
  "/sign-in": open,
  "/sign-up": open,
  "/[workspace]": ofThePackage,
  "/[workspace]/[package]": ofThePackage,
  "/[workspace]/[package]/builds": ofThePackage,
  "/[workspace]/[package]/builds/[number]": withWords,
  "/[workspace]/[package]/releases/[version]": withWords,
  "/api/auth/[...nextauth]": open,
};

/** Every address that the pages answer, by the folders they lie in. */
function listPages(): string[] {
  const files = globSync("**/{page,route}.{ts,tsx,js,jsx}", { cwd: path.join(import.meta.dirname, "../src/app") });
  return files.map((file) => `/${path.dirname(file).split(path.sep).filter((part) => part !== "." && !/^\(.*\)$/.test(part)).join("/")}`).sort();
}

test("every page has a row, and every row is of a page", () => {
  expect(Object.keys(ROWS).sort()).toEqual(listPages());
});

test("what each page shows to whom", async ({ person, makePerson, openBrowser, baseURL }) => {
  // Nothing that an address says: only who may see the package's builds can know it.
  const secret = uniqueName("secret-branch");
  const { client, handle } = person;
  await client.push({ package: `${handle}/hidden`, files: smallPackage(), ref: secret });
  const admin = (await openBrowser()).request;
  await signIn({ request: admin, account: { email: process.env.E2E_ADMIN_EMAIL ?? "", password: process.env.E2E_ADMIN_PASSWORD ?? "" }, origin: baseURL ?? "" });
  const callers: Record<(typeof CALLERS)[number], APIRequestContext> = { visitor: (await openBrowser()).request, outsider: (await makePerson()).context.request, owner: person.context.request, admin };

  const parts: Record<string, string> = { "[workspace]": handle, "[package]": "hidden", "[number]": "1", "[version]": "0.1.0", "[...nextauth]": "session" };
  const ask = async (request: APIRequestContext, template: string): Promise<Outcome | number> => {
    const answer = await request.get(template.replace(/\[[^\]]+\]/g, (part) => parts[part] ?? part), { maxRedirects: 0 });
    if (answer.status() === 404) return "missing";
    if (answer.status() === 307 && answer.headers().location?.startsWith("/sign-in?callbackUrl=") === true) return "sign in";
    if (answer.status() !== 200) return answer.status();
    return (await answer.text()).includes(secret) ? "private" : "open";
  };
  const outcomes: Record<string, Partial<Record<keyof Row, Outcome | number>>> = {};
  for (const template of Object.keys(ROWS)) {
    const row: Partial<Record<keyof Row, Outcome | number>> = {};
    for (const caller of CALLERS) row[caller] = await ask(callers[caller], template);
    outcomes[template] = row;
  }
  expect(outcomes).toEqual(ROWS);
});
