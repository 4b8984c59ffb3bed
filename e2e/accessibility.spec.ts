/** Every page in every state: no serious finding of axe, in both themes, wide and narrow. */
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import { tickingBoard } from "./support/boards";
import { test, type Gallery } from "./support/gallery";
import { openStage, stageHead, STAGES } from "./support/stages";
import { expect } from "./support/test";
import { visit } from "./support/visit";

test.setTimeout(180_000);

test.describe("signed out", () => {
  const PAGES = [
    { name: "the landing page", address: "/", heading: /Push files/ },
    { name: "sign-in", address: "/sign-in", heading: "Sign in" },
    { name: "sign-up", address: "/sign-up", heading: /account/i },
    { name: "a page that is not there", address: "/nobody/nothing", heading: "There is nothing here" },
  ];
  for (const { name, address, heading } of PAGES) {
    test(name, async ({ visitor: page }) => {
      await visit({ page, address });
      await expect(page.getByRole("heading", { name: heading })).toBeVisible();
      await expectAccessible(page);
    });
  }

  test("forms with problems", async ({ visitor: page }) => {
    await visit({ page, address: "/sign-up" });
    await page.getByLabel("Handle").fill("Not A Handle");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByRole("alert").first()).toBeVisible();
    await expectAccessible(page);
  });
});

test("the first visit", async ({ person: { page } }) => {
  await visit({ page, address: "/" });
  await expect(page.getByRole("region", { name: "Examples" }).getByRole("button").first()).toBeVisible();
  await expectAccessible(page);
});

test.describe("with packages", () => {
  /** Opens `address` of the gallery as its owner, and waits until `ready` is there. */
  interface Look {
    name: string;
    address: (gallery: Gallery) => string;
    ready: (page: Page, gallery: Gallery) => Promise<void>;
  }
  const heading = (text: string | RegExp) => (page: Page) => expect(page.getByRole("heading", { name: text })).toBeVisible();
  const LOOKS: readonly Look[] = [
    { name: "the start page", address: () => "/", ready: (page) => expect(page.getByRole("region", { name: "Packages" }).getByRole("img").first()).toBeVisible() },
    { name: "new", address: () => "/new", ready: heading("New package") },
    {
      name: "new, with files and a problem",
      address: () => "/new",
      ready: async (page) => {
        await page.getByRole("button", { name: "Write or paste code" }).click();
        await expect(page.getByRole("tab", { name: "index.tsx" })).toBeVisible();
        await page.getByLabel("Package name").fill("Not A Name");
        await expect(page.getByRole("alert").first()).toBeVisible();
      },
    },
    {
      name: "new, a contract in words",
      address: () => "/new?kind=contract",
      ready: async (page) => {
        await page.getByLabel("What shall it be?").fill("Create an ERC-20 token called HyperKit with 1 billion supply, mintable, with a 2% tax");
        await expect(page.getByRole("region", { name: "What was understood" }).getByRole("listitem").first()).toBeVisible();
        await expect(page.getByRole("checkbox").first()).toBeVisible();
      },
    },
    { name: "a package", address: (gallery) => `/${gallery.package}`, ready: heading("README") },
    { name: "its releases", address: (gallery) => `/${gallery.package}?tab=releases`, ready: (page) => expect(page.getByRole("link", { name: "0.1.0" })).toBeVisible() },
    { name: "its settings", address: (gallery) => `/${gallery.package}?tab=settings`, ready: heading("General") },
    {
      name: "deleting it",
      address: (gallery) => `/${gallery.package}?tab=settings`,
      ready: async (page) => {
        await page.getByRole("button", { name: "Delete package" }).click();
        await expect(page.getByRole("dialog")).toBeVisible();
      },
    },
    { name: "its builds", address: (gallery) => `/${gallery.package}/builds`, ready: (page) => expect(page.getByRole("link", { name: "#2" })).toBeVisible() },
    {
      name: "the menu of a build",
      address: (gallery) => `/${gallery.package}/builds`,
      ready: async (page) => {
        await page.getByRole("button", { name: /^Actions for build #2/ }).click();
        await expect(page.getByRole("menuitem", { name: "Copy build id" })).toBeVisible();
      },
    },
    {
      name: "a release, every section open",
      address: (gallery) => `/${gallery.package}/releases/0.1.0`,
      ready: async (page) => {
        for (const title of STAGES) await openStage({ page, title });
        await expect(page.getByRole("log")).toHaveCount(STAGES.length);
      },
    },
    {
      name: "a release's files being edited",
      address: (gallery) => `/${gallery.package}/releases/0.1.0`,
      ready: async (page) => {
        await page.getByRole("button", { name: "Edit files" }).click();
        await expect(page.getByRole("dialog").getByRole("textbox", { name: /^Content of/ })).toBeVisible();
      },
    },
    { name: "a successful build", address: (gallery) => `/${gallery.package}/builds/1`, ready: (page) => expect(stageHead({ page, title: "Fabrication files", status: "Successful" })).toBeVisible() },
    ...(["Schematic", "Assembly", "3D", "BOM", "Files"] as const).map((tab) => ({
      name: `a build's ${tab}`,
      address: (gallery: Gallery) => `/${gallery.package}/builds/1`,
      ready: async (page: Page) => {
        await page.getByRole("tab", { name: tab }).click();
        await expect(page.getByRole("tabpanel", { name: tab })).toBeVisible();
        await expect(page.getByRole("tabpanel", { name: tab }).getByText(/^Loading/)).toHaveCount(0, { timeout: 60_000 });
      },
    })),
    { name: "a failed build", address: (gallery) => `/${gallery.package}/builds/2`, ready: (page) => expect(page.getByLabel("Source around the error in index.tsx")).toBeVisible() },
    { name: "a build that is not there", address: (gallery) => `/${gallery.package}/builds/99`, ready: heading("No such build") },
    { name: "all builds", address: () => "/builds", ready: (page) => expect(page.getByRole("link", { name: /#2$/ })).toBeVisible() },
    { name: "all builds, none found", address: () => "/builds?q=nothing-is-called-this", ready: (page) => expect(page.getByText("No build fits these filters")).toBeVisible() },
    { name: "settings", address: () => "/settings", ready: heading("API tokens") },
    {
      name: "making a token",
      address: () => "/settings",
      ready: async (page) => {
        await page.getByRole("button", { name: "New token" }).click();
        await expect(page.getByRole("dialog")).toBeVisible();
      },
    },
    {
      name: "the command palette",
      address: () => "/",
      ready: async (page, gallery) => {
        await page.keyboard.press("Control+k");
        await expect(page.getByRole("option").filter({ hasText: gallery.package }).first()).toBeVisible();
      },
    },
    {
      name: "the keyboard's help",
      address: () => "/",
      ready: async (page) => {
        await page.keyboard.press("?");
        await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
      },
    },
  ];
  for (const { name, address, ready } of LOOKS) {
    test(name, async ({ gallery, openBrowser }) => {
      const page = await (await openBrowser({ storageState: gallery.storageState })).newPage();
      await visit({ page, address: address(gallery) });
      await ready(page, gallery);
      await expectAccessible(page);
    });
  }
});

test("a running build", async ({ person: { page, client, handle } }) => {
  const build = await client.push({ package: `${handle}/talker`, files: [{ path: "index.tsx", content: tickingBoard({ ticks: 500, restMs: 1000 }) }] });
  await visit({ page, address: `/${build.package}/builds/${build.number}` });
  await expect(page.getByRole("log").getByText(/^tick \d+$/).first()).toBeVisible({ timeout: 90_000 });
  await expectAccessible(page);
  await expect(stageHead({ page, title: "Circuit JSON build", status: "Building" })).toBeVisible();
  await client.cancel(build.build_id);
});
