/** Things that are on a page for a moment only. */
import type { Page } from "@playwright/test";

/**
 * Resolves once the page's text has had `text`, also when it was there for a single frame. Call it before whatever
 * brings the text up, and wait for it after.
 */
export async function onceShown({ page, text, timeout = 60_000 }: { page: Page; text: string; timeout?: number }): Promise<void> {
  await page.waitForFunction((wanted) => document.body.innerText.includes(wanted), text, { polling: "raf", timeout });
}
