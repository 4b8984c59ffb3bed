/**
 * No page needs an exception to the content security policy: nothing inline without this answer's nonce, in either theme.
 * (Every other spec fails on a broken policy too; this one looks at each page and says what broke it.)
 */
import type { Page } from "@playwright/test";
import { z } from "zod";
import { test, type Gallery } from "./support/gallery";
import { expect } from "./support/test";
import { visit } from "./support/visit";

const THEMES = ["light", "dark"] as const;
const violations = z.array(z.string());

/** Notes what the browser refuses, from the page's first byte on. */
async function watchPolicy(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Reflect.set(window, "policyViolations", seen);
    document.addEventListener("securitypolicyviolation", (event) => seen.push(`${event.effectiveDirective} refused ${event.blockedURI}: ${event.sample} (${event.sourceFile}:${event.lineNumber})`));
  });
  return async () => violations.parse(await page.evaluate(() => Reflect.get(window, "policyViolations")));
}

async function expectKept(page: Page, addresses: readonly string[]): Promise<void> {
  const read = await watchPolicy(page);
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme });
    for (const address of addresses) {
      await visit({ page, address });
      await expect(page.locator("html")).toHaveClass(new RegExp(`(^| )${theme}( |$)`));
      await page.waitForLoadState("networkidle");
      expect(await read(), `${address} in ${theme}`).toEqual([]);
    }
  }
}

test("pages for everybody", async ({ visitor: page }) => {
  const answer = await page.request.get("/");
  expect(answer.headers()["content-security-policy"]).not.toContain("'unsafe-inline'");
  await expectKept(page, ["/", "/sign-in", "/sign-up", "/docs/api", "/nobody/nothing"]);
});

test.describe("pages of who is signed in", () => {
  test("at rest", async ({ gallery, openBrowser }) => {
    const page = await (await openBrowser({ storageState: gallery.storageState })).newPage();
    const at = gallery.package;
    await expectKept(page, ["/", "/new", "/builds", "/settings", `/${gallery.handle}`, `/${at}`, `/${at}/releases/0.1.0`, `/${at}/builds/1`, `/${at}/builds/2`]);
  });

  test("with what opens over them", async ({ gallery, openBrowser }) => {
    const page = await (await openBrowser({ storageState: gallery.storageState })).newPage();
    const read = await watchPolicy(page);
    await openOverlays({ page, gallery });
    expect(await read()).toEqual([]);
  });
});

/** A menu, a select, the palette and a toast: each brings styles of its own. */
async function openOverlays({ page, gallery }: { page: Page; gallery: Gallery }): Promise<void> {
  await visit({ page, address: "/builds" });
  await page.getByRole("combobox").first().click();
  await expect(page.getByRole("listbox")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await visit({ page, address: `/${gallery.package}/builds/1` });
  await expect(page.locator("[data-sonner-toaster], section[aria-live]").first()).toBeAttached();
}
