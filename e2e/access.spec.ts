/** Who sees and does what: private packages, public ones, tokens, and the sessions of browsers. */
import type { Page } from "@playwright/test";
import { uniqueName, signIn } from "./support/account";
import { ENDLESS_BOARD, smallPackage } from "./support/boards";
import { stageHead } from "./support/stages";
import { expect, test } from "./support/test";
import { visit } from "./support/visit";

test.setTimeout(180_000);

/** Everything there is to press that would change something. */
async function expectNothingToChange(page: Page): Promise<void> {
  for (const name of [/^Rebuild/, "More ways to rebuild", /^Cancel/, "Edit files", /^(Unl|L)ock this release$/, "Delete package"]) await expect(page.getByRole("button", { name })).toHaveCount(0);
  for (const name of ["New release", "Push files", "Settings"]) await expect(page.getByRole("main").getByRole("link", { name })).toHaveCount(0);
}

test("a private package does not exist for an outsider, nor for a visitor", async ({ person, makePerson, visitor }) => {
  const build = await person.client.push({ package: `${person.handle}/secret`, files: [{ path: "index.tsx", content: ENDLESS_BOARD }] });
  // At once: on a slow machine its stage would come to its limit before the test's end.
  await person.client.cancel(build.build_id);
  const outsider = await makePerson();
  const home = `/${person.handle}/secret`;
  for (const page of [outsider.page, visitor]) {
    const answer = await visit({ page, address: home });
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
    await visit({ page, address: `${home}/builds` });
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
    for (const [address, title] of [["builds/1", "No such build"], ["releases/0.1.0", "No such release"]] as const) {
      await visit({ page, address: `${home}/${address}` });
      await expect(page.getByRole("heading", { name: title })).toBeVisible();
      await expect(page.getByText(build.build_id)).toHaveCount(0);
    }
    expect((await visit({ page, address: `/${person.handle}` }))?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
    await expect(page.getByRole("main").getByRole("link", { name: "Sign in" })).toHaveCount(page === visitor ? 1 : 0);
    await visit({ page, address: `/builds?q=${person.handle}` });
    await expect(page.getByRole("row").filter({ hasText: "secret" })).toHaveCount(0);
    for (const path of ["", "/logs", "/artifacts", "/events"]) expect((await page.request.get(`/api/v1/builds/${build.build_id}${path}`)).status()).toBe(404);
  }
  await visit({ page: person.page, address: home });
  await expect(person.page.getByRole("heading", { level: 1, name: "secret" })).toBeVisible();
});

test("a visitor sees a public package and can change nothing", async ({ person, visitor: page }) => {
  const build = await person.client.pushAndFinish({ package: `${person.handle}/open`, files: smallPackage(), visibility: "public" });
  expect(build.status).toBe("successful");
  const home = `/${person.handle}/open`;
  for (const tab of ["", "?tab=releases", "?tab=settings", "/builds"]) {
    await visit({ page, address: `${home}${tab}` });
    await expect(page.getByRole("heading", { level: 1, name: "open" })).toBeVisible();
    await expectNothingToChange(page);
  }
  await page.getByRole("button", { name: /^Actions for build #1/ }).click();
  await expect(page.getByRole("menuitem", { name: "Copy build id" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: /Rebuild|Cancel/ })).toHaveCount(0);
  // What the rest of its workspace does is nobody's business, and nothing of the page is broken by that.
  await visit({ page, address: `/${person.handle}` });
  await expect(page.getByRole("link", { name: "open" }).first()).toBeVisible();
  await expect(page.getByText("could not be loaded")).toHaveCount(0);
  for (const address of ["builds/1", "releases/0.1.0"]) {
    await visit({ page, address: `${home}/${address}` });
    await expect(stageHead({ page, title: "Fabrication files", status: "Successful" })).toBeVisible();
    await expect(page.getByRole("img", { name: "PCB of index", exact: true })).toBeVisible();
    await expectNothingToChange(page);
    // The keys of the buttons that are not there do nothing either.
    await page.keyboard.press("r");
  }
  expect(await page.request.post(`/api/v1/builds/${build.build_id}/rebuild`, { data: {} }).then((answer) => answer.status())).toBe(401);
  await visit({ page, address: `${home}/builds` });
  await expect(page.getByRole("status").filter({ hasText: "1 of 1 builds" })).toBeVisible();
  await visit({ page, address: "/new" });
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
});

test("a token is shown once, works, and stops working when it is revoked", async ({ person, playwright, baseURL }) => {
  const { page } = person;
  const name = uniqueName("ci");
  await visit({ page, address: "/settings" });
  await page.getByRole("button", { name: "New token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Make the token" }).click();
  await expect(dialog.getByRole("heading", { name: "Copy your token now" })).toBeVisible();
  const token = (await dialog.getByText(/^slw_/).textContent()) ?? "";
  expect(token).toMatch(/^slw_\S{20,}$/);
  await dialog.getByRole("button", { name: "I have it" }).click();

  const script = await playwright.request.newContext({ baseURL, extraHTTPHeaders: { authorization: `Bearer ${token}` } });
  expect((await script.get("/api/v1/builds")).status()).toBe(200);

  await page.reload();
  const row = page.getByRole("listitem").filter({ hasText: name });
  await expect(row).toContainText("Used");
  expect(await page.content()).not.toContain(token);

  await row.getByRole("button", { name: `Revoke ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("The token is revoked")).toBeVisible();
  await expect(row).toHaveCount(0);
  expect((await script.get("/api/v1/builds")).status()).toBe(401);
  await script.dispose();
});

test("what is typed before the page's scripts have come is kept", async ({ person, visitor: page }) => {
  const scripts = Promise.withResolvers<undefined>();
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await scripts.promise;
    await route.continue();
  });
  await page.goto("/sign-in", { waitUntil: "commit" });
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  scripts.resolve(undefined);
  await page.waitForFunction(() => window.isAlive === true);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: `Account: ${person.name}` })).toBeVisible();
});

test("signing in and out", async ({ person, visitor: page }) => {
  const answer = await visit({ page, address: "/settings" });
  // The server itself shows the way, before anything is drawn that would be taken away again.
  expect(answer?.request().redirectedFrom()?.url()).toMatch(/\/settings$/);
  await expect(page).toHaveURL("/sign-in?callbackUrl=/settings");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "do not belong together" })).toBeVisible();
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/settings");
  await expect(page.getByLabel("Handle")).toHaveValue(person.handle);

  const cookies = await page.context().cookies();
  await page.getByRole("button", { name: `Account: ${person.name}` }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/sign-in");
  await visit({ page, address: "/settings" });
  await expect(page).toHaveURL("/sign-in?callbackUrl=/settings");
  // Whoever kept the cookie has nothing: the session itself is over.
  await page.context().addCookies(cookies);
  await visit({ page, address: "/settings" });
  await expect(page).toHaveURL("/sign-in?callbackUrl=/settings");
});

test("one browser signs another one out", async ({ person, openBrowser, baseURL }) => {
  const other = await openBrowser();
  await signIn({ request: other.request, account: person, origin: baseURL ?? "" });
  const otherPage = await other.newPage();
  await visit({ page: otherPage, address: "/settings" });
  await expect(otherPage.getByLabel("Handle")).toHaveValue(person.handle);

  const { page } = person;
  await visit({ page, address: "/settings" });
  const sessions = page.getByRole("region", { name: "Signed-in browsers" }).getByRole("listitem");
  await expect(sessions).toHaveCount(2);
  await sessions.filter({ hasNotText: "this one" }).getByRole("button", { name: /^Sign out/ }).click();
  await expect(sessions).toHaveCount(1);
  await expect(sessions).toContainText("this one");

  await otherPage.reload();
  await expect(otherPage).toHaveURL("/sign-in?callbackUrl=/settings");
  await page.reload();
  await expect(page.getByLabel("Handle")).toHaveValue(person.handle);
});

test("pages that are drawn at the same moment are each for who asked", async ({ person, openBrowser, baseURL, makePerson }) => {
  const others = [await makePerson(), await makePerson()];
  const stranger = await openBrowser();
  const everybody = [...others, person];
  for (let round = 0; round < 15; round += 1) {
    const answers = await Promise.all([...everybody.map((one) => one.page.request.get("/settings")), stranger.request.get(`${baseURL}/settings`, { maxRedirects: 0 })]);
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    for (const [index, one] of everybody.entries()) {
      for (const other of everybody) expect([round, index, texts[index]?.includes(other.handle)]).toEqual([round, index, other === one]);
    }
    for (const one of everybody) expect(texts.at(-1)).not.toContain(one.handle);
  }
});
