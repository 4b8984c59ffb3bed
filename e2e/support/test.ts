/**
 * The `test` of every spec. Each test has a browser of its own without a past; `person` is a fresh account, signed in
 * there, with a client of the API. A script error or a broken policy on any page fails the test that saw it.
 */
import { test as base, expect, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { inventAddress, openAccount, signIn, type Account } from "./account";
import { createProductClient, type ProductClient } from "./product-client";

export { expect };

export interface Person extends Account {
  context: BrowserContext;
  page: Page;
  client: ProductClient;
}

interface Fixtures {
  /** A fresh account, signed in on `page`. */
  person: Person;
  /** Makes one more person in a browser of their own. */
  makePerson: () => Promise<Person>;
}

export const test = base.extend<Fixtures>({
  context: async ({ browser }, use) => {
    const { context, problems } = await openContext(browser);
    await use(context);
    await context.close();
    expect(problems, "script errors on the pages").toEqual([]);
  },
  page: async ({ context }, use) => use(await context.newPage()),
  person: async ({ context, page, baseURL }, use) => use(await settle({ context, page, origin: baseURL ?? "" })),
  makePerson: async ({ browser, baseURL }, use) => {
    const opened: Awaited<ReturnType<typeof openContext>>[] = [];
    await use(async () => {
      const next = await openContext(browser);
      opened.push(next);
      return settle({ context: next.context, page: await next.context.newPage(), origin: baseURL ?? "" });
    });
    await Promise.all(opened.map(({ context }) => context.close()));
    expect(opened.flatMap(({ problems }) => problems), "script errors on the pages").toEqual([]);
  },
});

async function settle(options: { context: BrowserContext; page: Page; origin: string }): Promise<Person> {
  const { context, page, origin } = options;
  const { request } = context;
  const account = await openAccount({ request });
  await signIn({ request, account, origin });
  return { ...account, context, page, client: createProductClient({ request, origin }) };
}

async function openContext(browser: Browser) {
  const context = await browser.newContext({ extraHTTPHeaders: { "x-forwarded-for": inventAddress() } });
  const problems: string[] = [];
  context.on("weberror", (event) => problems.push(event.error().stack ?? event.error().message));
  context.on("console", (message) => {
    // An answer that is no success is what some specs are about.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) problems.push(`${message.text()} (${message.location().url})`);
  });
  return { context, problems };
}
