/** The product without a mouse: no step here clicks. */
import type { Locator, Page } from "@playwright/test";
import { ENDLESS_BOARD, smallPackage } from "./support/boards";
import { stageHead, STAGES } from "./support/stages";
import { expect, test } from "./support/test";
import { visit } from "./support/visit";

test.setTimeout(240_000);

/** Presses Tab until `target` has the focus. */
async function tabTo({ page, target, within = 25 }: { page: Page; target: Locator; within?: number }): Promise<void> {
  for (let presses = 0; presses < within; presses++) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${within} presses of Tab do not lead to ${String(target)}.`);
}

test("signing in, finding a package by name, opening its build from the table", async ({ person, visitor: page }) => {
  const build = await person.client.push({ package: `${person.handle}/lamp`, files: [{ path: "index.tsx", content: ENDLESS_BOARD }] });

  await test.step("Tab leads past a way to the content to the sign-in page", async () => {
    await visit({ page, address: "/" });
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
    await tabTo({ page, target: page.getByRole("main").getByRole("link", { name: "Sign in" }) });
    await page.keyboard.press("Enter");
    await expect(page.getByLabel("E-mail")).toBeFocused();
    await page.keyboard.type(person.email);
    await page.keyboard.press("Tab");
    await page.keyboard.type(person.password);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Packages" })).toBeVisible();
  });

  for (const keys of ["Control+k", "Meta+k"]) {
    await test.step(`${keys} finds a package`, async () => {
      await visit({ page, address: "/builds" });
      await expect(page.getByRole("link", { name: `${build.package} #1` })).toBeVisible();
      await page.keyboard.press(keys);
      await expect(page.getByRole("combobox", { name: "Search and commands" })).toBeFocused();
      await page.keyboard.type("lamp");
      await expect(page.getByRole("option", { selected: true })).toContainText(build.package);
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(`/${build.package}`);
    });
  }

  await test.step("? tells the keys, Escape puts it away", async () => {
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard" });
    await expect(help).toContainText("Next row");
    await page.keyboard.press("Escape");
    await expect(help).toBeHidden();
  });

  await test.step("c cancels the build on its page", async () => {
    await visit({ page, address: `/${build.package}/builds/1` });
    await expect(page.getByRole("button", { name: "Cancel", exact: true })).toBeVisible();
    await page.keyboard.press("c");
    await expect(page.getByText(/^Cancelled in /)).toBeVisible();
    await expect(page.getByRole("button", { name: "Rebuild", exact: true })).toBeVisible();
  });
});

test("walking the table of builds, and rebuilding", async ({ person: { page, client, handle } }) => {
  const build = await client.pushAndFinish({ package: `${handle}/lamp`, files: smallPackage() });
  const home = `/${build.package}`;

  await test.step("r on the release rebuilds, and what is the same is reused", async () => {
    await visit({ page, address: `${home}/releases/0.1.0` });
    await expect(page.getByRole("button", { name: "Rebuild", exact: true })).toBeEnabled();
    await page.keyboard.press("r");
    await expect(page.getByRole("complementary", { name: "Details" })).toContainText("#2");
    for (const title of STAGES) {
      await expect(stageHead({ page, title, status: "Successful" })).toBeVisible();
      await expect(stageHead({ page, title })).toContainText("cached");
    }
  });

  await test.step("j and k walk the rows, Enter opens one", async () => {
    await visit({ page, address: `${home}/builds` });
    const [newest, oldest] = [page.getByRole("link", { name: "#2" }), page.getByRole("link", { name: "#1" })];
    await expect(oldest).toBeVisible();
    await page.keyboard.press("j");
    await expect(newest).toBeFocused();
    await page.keyboard.press("j");
    await expect(oldest).toBeFocused();
    await page.keyboard.press("j");
    await expect(oldest).toBeFocused();
    await page.keyboard.press("k");
    await expect(newest).toBeFocused();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(`${home}/builds/1`);
  });

  await test.step("r rebuilds the row one is on, and the new build comes in by itself", async () => {
    await visit({ page, address: `${home}/builds` });
    await expect(page.getByRole("link", { name: "#1" })).toBeVisible();
    await page.keyboard.press("j");
    await page.keyboard.press("r");
    await expect(page.getByRole("row").filter({ hasText: "#3" })).toContainText("Successful");
  });

  await test.step("/ goes to the search, where letters are letters", async () => {
    await visit({ page, address: `${home}/builds` });
    await expect(page.getByRole("link", { name: "#3" })).toBeVisible();
    await page.keyboard.press("/");
    await expect(page.getByRole("searchbox", { name: "Search builds" })).toBeFocused();
    await page.keyboard.type("#1");
    await expect(page.getByRole("link", { name: "#3" })).toBeHidden();
    await expect(page.getByRole("link", { name: "#1" })).toBeVisible();
    await expect(page).toHaveURL(/[?&]q=%231/);
  });
});
