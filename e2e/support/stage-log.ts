/** The log of one stage on a release's or build's page. Only the rows near what is seen exist: reading all of it means scrolling. */
import { expect, type Locator, type Page } from "@playwright/test";

export interface ShownLine {
  line: number;
  text: string;
}

export interface StageLog {
  region: Locator;
  /** The scrolling list. */
  list: Locator;
  search: Locator;
  /** Such as `12 lines, complete`. */
  total: Locator;
  row: (line: number) => Locator;
}

export function stageLog({ page, title }: { page: Page; title: string }): StageLog {
  const region = page.getByRole("region", { name: `Log of ${title}` });
  const list = region.getByRole("log");
  return {
    region,
    list,
    search: region.getByRole("searchbox"),
    total: region.getByRole("status").filter({ hasText: / lines? (so far|complete)|lines?, complete/ }),
    row: (line) => list.getByRole("link", { name: `Line ${line}`, exact: true }),
  };
}

/** The rows that exist now, in their order, those that are still being loaded left out. */
async function readRows(list: Locator): Promise<ShownLine[]> {
  return list.getByRole("link", { name: /^Line \d+$/ }).evaluateAll((links) =>
    links.flatMap((link) => {
      const text = link.parentElement?.querySelector(".log-text");
      return text ? [{ line: Number(link.getAttribute("data-line")), text: text.textContent ?? "" }] : [];
    }),
  );
}

/** Every line that the page shows from the first to line `total`, by scrolling through all of them; in order, each as often as it is shown. */
export async function readWholeLog({ log, total }: { log: StageLog; total: number }): Promise<ShownLine[]> {
  const lines: ShownLine[] = [];
  await log.list.evaluate((element) => element.scrollTo({ top: 0 }));
  for (let next = 1; next <= total; ) {
    await expect.poll(async () => (await readRows(log.list)).map(({ line }) => line), { message: `line ${next} is shown` }).toContain(next);
    const rows = await readRows(log.list);
    const fresh = rows.filter(({ line }) => line >= next);
    lines.push(...fresh);
    next = Math.max(...fresh.map(({ line }) => line)) + 1;
    await log.list.evaluate((element) => element.scrollBy({ top: element.clientHeight }));
  }
  return lines;
}

/** Whether a row is inside of the part of the list that is seen. */
export async function isInSight({ list, row }: { list: Locator; row: Locator }): Promise<boolean> {
  const [frame, box] = await Promise.all([list.boundingBox(), row.boundingBox({ timeout: 1000 }).catch(() => null)]);
  return frame !== null && box !== null && box.y >= frame.y - 1 && box.y + box.height <= frame.y + frame.height + 1;
}

/** `1, 2, … count`. */
export function countTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
