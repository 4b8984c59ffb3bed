import { expect, type Locator } from "@playwright/test";

/** The picture is seen: the browser has it and could read it. */
export async function expectPicture(picture: Locator): Promise<void> {
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((element) => (element instanceof HTMLImageElement && element.complete ? element.naturalWidth : 0))).toBeGreaterThan(0);
}
