import { smallPackage } from "./support/boards";
import { expectAccessible } from "./support/accessible";
import { uniqueName } from "./support/account";
import { expect, test } from "./support/test";
import { visit } from "./support/visit";

test("the API reference can be searched, and what it says can be tried", async ({ person, page }) => {
  await visit({ page, address: "/docs/api" });
  await expect(page.getByRole("heading", { level: 1, name: "API reference" })).toBeVisible();

  await test.step("search leaves what matches", async () => {
    await page.keyboard.press("/");
    await page.keyboard.type("v1/me");
    await expect(page.getByText(/^1 of \d+ operations$/)).toBeVisible();
    await expect(page.getByRole("heading", { level: 2, name: "Account" })).toBeVisible();
    await expect(page.getByRole("heading", { level: 2, name: "Releases" })).toBeHidden();
  });

  await test.step("an operation answers as whoever is signed in", async () => {
    await page.locator("summary", { hasText: "/api/v1/me" }).click();
    const me = page.locator("#get_me");
    await expect(me.getByRole("region", { name: "curl for get_me" })).toContainText("Authorization: Bearer $SLIPWAY_TOKEN");
    await me.getByRole("button", { name: "Try get_me" }).press("Enter");
    await expect(me.getByRole("button", { name: "Send GET" })).toBeFocused();
    await me.getByRole("button", { name: "Send GET" }).click();
    await expect(me.getByText("Status 200")).toBeVisible();
    await expect(me.getByLabel("Body of the answer")).toContainText(`"handle": "${person.handle}"`);
    await me.getByText(/^Headers \(\d+\)$/).click();
    await expect(me.getByText(/ratelimit-remaining: \d+/)).toBeVisible();
  });

  await test.step("a token that does not hold goes before the sign-in, and its error leads to where it is explained", async () => {
    await page.getByLabel("Token for trying").fill("slw_nonsense");
    const me = page.locator("#get_me");
    await me.getByRole("button", { name: "Send GET" }).click();
    await expect(me.getByText("Status 401")).toBeVisible();
    await expect(me.getByLabel("Body of the answer")).toContainText("#error-unauthenticated");
    await visit({ page, address: "/docs/api#error-unauthenticated" });
    await expect(page.locator("#error-unauthenticated")).toBeInViewport();
  });
});

test("a build's events are shown while they come", async ({ person, page }) => {
  const build = await person.client.push({ package: `${person.handle}/${uniqueName("tried")}`, files: smallPackage() });
  await visit({ page, address: "/docs/api#follow_build" });
  const follow = page.locator("#follow_build");
  await follow.getByRole("button", { name: "Try follow_build" }).click();
  await follow.getByLabel("build_id (required)").fill(build.build_id);
  await follow.getByRole("button", { name: "Send GET" }).click();
  await expect(follow.getByLabel("Body of the answer")).toContainText('"type":"build.created"');
  await expect(follow.getByLabel("Body of the answer")).toContainText('"type":"build.completed"', { timeout: 120_000 });
  await expect(follow.getByText(/ in \d+ ms$/)).toBeVisible();
});

test("the API reference is for everybody, in both themes and on a narrow screen", async ({ visitor }) => {
  await visit({ page: visitor, address: "/docs/api#create_build" });
  await expect(visitor.locator("#create_build").getByRole("region", { name: "curl for create_build" })).toBeVisible();
  await visitor.locator("#create_build").getByRole("button", { name: "Try create_build" }).click();
  await expectAccessible(visitor);
});
