/**
 * The `test` of every spec. Each test has browsers of its own without a past; a script error or a broken policy on any
 * page fails the test that saw it.
 */
import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from "@playwright/test";
import { inventAddress, openAccount, signIn, type Account } from "./account";
import { createProductClient, type ProductClient } from "./product-client";
import { noteLife } from "./visit";

export { expect };

export interface Person extends Account {
  context: BrowserContext;
  page: Page;
  /** The API, with this browser's sign-in. */
  client: ProductClient;
}

interface Fixtures {
  /** Opens one more browser. */
  openBrowser: (options?: Pick<BrowserContextOptions, "storageState">) => Promise<BrowserContext>;
  /** Makes one more person, with a fresh account, signed in in a browser of their own. */
  makePerson: () => Promise<Person>;
  /** A fresh account, signed in on `page`. */
  person: Person;
  /** A page of somebody who is not signed in. */
  visitor: Page;
}

export const test = base.extend<Fixtures>({
  openBrowser: async ({ browser }, use) => {
    const contexts: BrowserContext[] = [];
    const problems: string[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ ...options, extraHTTPHeaders: { "x-forwarded-for": inventAddress() } });
      contexts.push(context);
      noteProblems({ context, problems });
      await noteLife(context);
      return context;
    });
    await Promise.all(contexts.map((context) => context.close()));
    expect(problems, "script errors on the pages").toEqual([]);
  },
  context: async ({ openBrowser }, use) => use(await openBrowser()),
  page: async ({ context }, use) => use(await context.newPage()),
  person: async ({ context, page, baseURL }, use) => use(await settle({ context, page, origin: baseURL ?? "" })),
  visitor: async ({ openBrowser }, use) => use(await (await openBrowser()).newPage()),
  makePerson: async ({ openBrowser, baseURL }, use) =>
    use(async () => {
      const context = await openBrowser();
      return settle({ context, page: await context.newPage(), origin: baseURL ?? "" });
    }),
});

async function settle(options: { context: BrowserContext; page: Page; origin: string }): Promise<Person> {
  const { context, page, origin } = options;
  const { request } = context;
  const account = await openAccount({ request });
  await signIn({ request, account, origin });
  return { ...account, context, page, client: createProductClient({ request, origin }) };
}

function noteProblems({ context, problems }: { context: BrowserContext; problems: string[] }): void {
  context.on("weberror", (event) => problems.push(event.error().stack ?? event.error().message));
  context.on("console", (message) => {
    // An answer that is no success is what some specs are about.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) problems.push(`${message.text()} (${message.location().url})`);
  });
}
