/** The server goes away under an open page: what could not be had is told in words, and comes by itself when the server is back. */
import { expect } from "@playwright/test";
import { test } from "./support/gallery";
import { openRelay } from "./support/relay";
import { visit } from "./support/visit";

test("what could not be loaded comes by itself when the server is back", async ({ gallery, openBrowser, baseURL }) => {
  const relay = await openRelay({ target: baseURL ?? "" });
  try {
    const page = await (await openBrowser({ storageState: gallery.storageState })).newPage();
    await visit({ page, address: `${relay.origin}/${gallery.package}/builds/1` });
    relay.cut();
    await page.getByRole("tab", { name: "BOM" }).click();
    const panel = page.getByRole("tabpanel", { name: "BOM" });
    await expect(panel.getByRole("alert")).toContainText("The server does not answer. Check that it runs and that you are connected.");
    await expect(page.getByRole("status").getByText("Reconnecting…")).toBeVisible();
    relay.mend();
    await expect(panel.getByRole("table")).toBeVisible();
    await expect(panel.getByRole("alert")).toHaveCount(0);
  } finally {
    await relay.close();
  }
});
