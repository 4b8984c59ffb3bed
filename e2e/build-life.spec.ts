/** One package from sign-up to a history: pushed, watched, looked at, changed, broken, mended, rebuilt, cancelled. */
import type { Locator, Page } from "@playwright/test";
import { inventAccount } from "./support/account";
import { BROKEN_SYNTAX, ENDLESS_BOARD, SMALL_BOARD, smallPackage } from "./support/boards";
import { onceShown } from "./support/moments";
import { expectPicture } from "./support/pictures";
import { openStage, stageHead, stageSection, STAGES } from "./support/stages";
import { expect, test } from "./support/test";
import { visit } from "./support/visit";

/** Seven builds one after the other. */
test.setTimeout(420_000);
const BUILD = { timeout: 120_000 };

test("a package's life, in the browser alone", async ({ page }) => {
  const account = inventAccount();
  const home = `/${account.handle}/light`;

  await test.step("sign up", async () => {
    await visit({ page, address: "/" });
    await page.getByRole("link", { name: "Create an account" }).click();
    await page.getByLabel("Name", { exact: true }).fill(account.name);
    await page.getByLabel("Handle").fill(account.handle);
    await page.getByLabel("E-mail").fill(account.email);
    await page.getByLabel("Password").fill(account.password);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByRole("heading", { name: "Build your first package" })).toBeVisible();
  });

  await test.step("push files", async () => {
    await page.getByRole("link", { name: "Push your own files" }).click();
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Files or zip" }).click();
    await (await chooser).setFiles(smallPackage().map(({ path, content }) => ({ name: path, mimeType: "text/plain", buffer: Buffer.from(content) })));
    await expect(page.getByRole("tab", { name: "index.tsx" })).toBeVisible();
    await expect(page.getByRole("tab", { name: "README.md" })).toBeVisible();
    await page.getByLabel("Package name").fill("light");
    await page.getByRole("button", { name: "Build", exact: true }).click();
    await expect(page).toHaveURL(`${home}/builds/1`);
  });

  await test.step("the stages finish before one's eyes", async () => {
    const untouched = await markPage(page);
    for (const title of STAGES) await expect(stageHead({ page, title, status: "Successful" })).toBeVisible(BUILD);
    await expect(page.getByRole("main").getByText("Successful").first()).toBeVisible();
    await expect(page.getByRole("button", { name: "Rebuild", exact: true })).toBeEnabled();
    expect(await untouched(), "the page was not loaded again").toBe(true);
  });

  await test.step("every preview is there", () => expectPreviews(page));

  await test.step("a change makes stale what needs it, and says why", async () => {
    await page.getByRole("link", { name: "Release 0.1.0" }).click();
    await expect(page).toHaveURL(`${home}/releases/0.1.0`);
    await editIndex(page, `console.log("checked twice")\n${SMALL_BOARD}`);
    const reason = onceShown({ page, text: "Stale because index.tsx changed" });
    await page.getByRole("button", { name: "Save and build" }).click();
    await reason;
  });

  await test.step("its build starts by itself and reuses what did not change", async () => {
    await expect(detail(page, "Build")).toContainText("#2");
    await expect(detail(page, "Trigger")).toContainText("Files changed");
    for (const title of STAGES) await expect(stageHead({ page, title, status: "Successful" })).toBeVisible(BUILD);
    for (const title of ["Image generation", "Fabrication files"] as const) await expect(stageHead({ page, title })).toContainText("cached");
    for (const title of ["Transpilation", "Circuit JSON build"] as const) await expect(stageHead({ page, title })).not.toContainText("cached");
    await openStage({ page, title: "Transpilation" });
    await expect(stageSection({ page, title: "Transpilation" }).getByText("Ran because index.tsx changed")).toBeVisible();
    await openStage({ page, title: "Image generation" });
    await expect(stageSection({ page, title: "Image generation" }).getByText(`Reused from build #1 of ${account.handle}/light`)).toBeVisible();
  });

  await test.step("a broken file fails with its line, its place and its source", async () => {
    await editIndex(page, BROKEN_SYNTAX);
    await page.getByRole("button", { name: "Save and build" }).click();
    await expect(detail(page, "Build")).toContainText("#3");
    await expect(stageHead({ page, title: "Transpilation", status: "Failed" })).toBeVisible(BUILD);
    const section = stageSection({ page, title: "Transpilation" });
    await expect(section.getByText(/^index\.tsx:1:\d+ .*expected/).first()).toBeVisible();
    await expect(section.getByText(/^index\.tsx:1:\d+$/)).toBeVisible();
    await expect(section.getByText("syntax_error", { exact: true })).toBeVisible();
    const excerpt = section.getByLabel("Source around the error in index.tsx");
    await expect(excerpt).toContainText("> 1 | export const size = (2 +");
    // The error comes before anything else of the section.
    const [errorBox, logBox] = await Promise.all([excerpt.boundingBox(), section.getByRole("log").boundingBox()]);
    expect(errorBox?.y).toBeLessThan(logBox?.y ?? 0);
    await expect(stageHead({ page, title: "Circuit JSON build", status: "Skipped" })).toBeVisible();
    await expect(page.getByText("Stale because index.tsx changed").first()).toBeVisible();
  });

  await test.step("the table of builds shows the error on its row", async () => {
    await visit({ page, address: `${home}/builds` });
    const row = page.getByRole("row").filter({ hasText: "#3" });
    await expect(row).toContainText("Failed");
    await expect(row.getByText(/^index\.tsx:1:\d+ .*expected/)).toBeVisible();
    await expect(page.getByRole("row").filter({ hasText: "#2" })).toContainText("Successful");
  });

  await test.step("mending it where the error is shown", async () => {
    await visit({ page, address: `${home}/releases/0.1.0` });
    await page.getByRole("button", { name: "Edit index.tsx" }).click();
    await replaceText(page, SMALL_BOARD);
    await page.getByRole("button", { name: "Save and build" }).click();
    await expect(detail(page, "Build")).toContainText("#4");
    // The files are those of the first build again, and so are the results.
    for (const title of STAGES) {
      await expect(stageHead({ page, title, status: "Successful" })).toBeVisible(BUILD);
      await expect(stageHead({ page, title })).toContainText("cached");
    }
  });

  await test.step("rebuilding without reuse", async () => {
    await page.getByRole("button", { name: "More ways to rebuild" }).click();
    await page.getByRole("menuitem", { name: "Everything, no cache" }).click();
    await expect(detail(page, "Build")).toContainText("#5");
    for (const title of STAGES) {
      await expect(stageHead({ page, title, status: "Successful" })).toBeVisible(BUILD);
      await expect(stageHead({ page, title })).not.toContainText("cached");
    }
  });

  await test.step("cancelling one that would go on for ever", async () => {
    await editIndex(page, ENDLESS_BOARD);
    await page.getByRole("button", { name: "Save and build" }).click();
    await expect(detail(page, "Build")).toContainText("#6");
    await expect(page.getByRole("log").getByText("waiting for ever")).toBeVisible(BUILD);
    const cancelling = onceShown({ page, text: "Cancelling…" });
    await page.getByRole("button", { name: "Cancel", exact: true }).click();
    await cancelling;
    await expect(page.getByText(/^Cancelled in \d+ ms$|^Cancelled in [\d.]+ s$/)).toBeVisible();
    await expect(detail(page, "Status")).toContainText(/Cancelled\s*in [\d.]+ m?s/);
    await expect(stageHead({ page, title: "Circuit JSON build", status: "Cancelled" })).toBeVisible();
  });

  await test.step("every build keeps what was its own", async () => {
    await visit({ page, address: `${home}/builds` });
    const rows = page.getByRole("row");
    for (const [number, status] of [[6, "Cancelled"], [5, "Successful"], [4, "Successful"], [3, "Failed"], [2, "Successful"], [1, "Successful"]] as const) {
      await expect(rows.filter({ hasText: `#${number}` })).toContainText(status);
    }
    await page.getByRole("link", { name: "#3" }).click();
    await expect(stageHead({ page, title: "Transpilation", status: "Failed" })).toBeVisible();
    await expect(page.getByLabel("Source around the error in index.tsx")).toContainText("> 1 | export const size = (2 +");
    await visit({ page, address: `${home}/builds/1` });
    await expectPicture(page.getByRole("img", { name: "PCB of index", exact: true }));
    await expectParts(page);
    await visit({ page, address: `${home}/builds/2` });
    await openStage({ page, title: "Circuit JSON build" });
    await expect(stageSection({ page, title: "Circuit JSON build" }).getByText("checked twice")).toBeVisible();
  });
});

/** Resolves later to whether the page is still the one that is there now. */
async function markPage(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => document.documentElement.setAttribute("data-seen", "yes"));
  return () => page.evaluate(() => document.documentElement.hasAttribute("data-seen"));
}

function detail(page: Page, label: string): Locator {
  return page.getByRole("complementary", { name: "Details" }).locator("div").filter({ has: page.getByRole("term").getByText(label, { exact: true }) });
}

async function editIndex(page: Page, text: string): Promise<void> {
  await page.getByRole("button", { name: "Edit files" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "index.tsx", exact: true }).click();
  await replaceText(page, text);
}

async function replaceText(page: Page, text: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "Edit files" });
  await dialog.getByLabel("Content of index.tsx").fill(text);
  await expect(dialog.getByRole("status")).toHaveText("1 file changed");
}

async function expectPreviews(page: Page): Promise<void> {
  for (const [tab, picture] of [["PCB", "PCB of index"], ["Schematic", "Schematic of index"], ["Assembly", "Assembly of index"]] as const) {
    await page.getByRole("tab", { name: tab }).click();
    await expectPicture(page.getByRole("img", { name: picture, exact: true }).last());
  }
  await page.getByRole("tab", { name: "3D" }).click();
  const panel = page.getByRole("tabpanel", { name: "3D" });
  const model = panel.getByText(/^Drag to turn/);
  // Without a graphics card drawing takes a while.
  await expect(model.or(panel.getByText(/^Still picture/))).toBeVisible({ timeout: 60_000 });
  // A browser without 3D shows a picture instead.
  if (!(await model.isVisible())) await expectPicture(panel.getByRole("img", { name: "3D model of index" }));
  await expectParts(page);
}

async function expectParts(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "BOM" }).click();
  const parts = page.getByRole("region", { name: "Bill of materials" }).getByRole("row");
  await expect(parts.filter({ hasText: "R1" })).toHaveCount(1);
  await expect(parts.filter({ hasText: "D1" })).toHaveCount(1);
}

test("a list that was drawn before its build ended learns of it, however late its stream opens", async ({ person }) => {
  const { page, client, handle } = person;
  const started = await client.push({ package: `${handle}/late-news`, files: [{ path: "index.tsx", content: ENDLESS_BOARD }] });
  const stream = Promise.withResolvers<undefined>();
  await page.route(/\/api\/trpc\/builds\.onChange/, async (route) => {
    await stream.promise;
    await route.continue();
  });
  await visit({ page, address: `/${started.package}/builds` });
  const row = page.getByRole("row").filter({ hasText: "#1" });
  await expect(row).toContainText(/Building|Pending/);
  await client.cancel(started.build_id);
  expect((await client.finished(started.build_id)).status).toBe("cancelled");
  stream.resolve(undefined);
  await expect(row).toContainText("Cancelled");
});
