/** What every page must be, whatever its theme and width. */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const WIDTHS = [1440, 390];
const THEMES = ["light", "dark"] as const;
/** The narrowest screen that pages are made for. */
const NARROWEST = 360;

/** No serious finding of axe in either theme on a wide and a narrow screen, and nothing wider than the narrowest screen. */
export async function expectAccessible(page: Page): Promise<void> {
  // A colour on its way from one theme to the other is none that a person reads.
  await page.addStyleTag({ content: "*, *::before, *::after { transition: none !important; animation: none !important }" });
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme });
      await expect(page.locator("html")).toHaveClass(new RegExp(`(^| )${theme}( |$)`));
      expect(await findSeriousFaults(page), `${theme}, ${width} px wide`).toEqual([]);
    }
  }
  await page.setViewportSize({ width: NARROWEST, height: 800 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(NARROWEST);
}

/** One line for each element, in axe's words. */
async function findSeriousFaults(page: Page): Promise<string[]> {
  // No page holds another site's frame, for which alone axe would put its findings together in a page of its own.
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).setLegacyMode(true).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.html.slice(0, 160)} ${(node.failureSummary ?? "").replaceAll("\n", " ")}`));
}
