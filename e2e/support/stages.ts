/** The sections of a release's or build's page, one for each stage. */
import type { Locator, Page } from "@playwright/test";

export const STAGES = ["Transpilation", "Circuit JSON build", "Image generation", "Fabrication files"] as const;
export const CONTRACT_STAGES = ["Code generation", "Compilation", "Security audit", "Deployment"] as const;
export type StageTitle = (typeof STAGES)[number] | (typeof CONTRACT_STAGES)[number];
export type StatusWord = "Pending" | "Building" | "Successful" | "Failed" | "Cancelled" | "Skipped";

/** The head of a stage's section: a button that opens and closes it. With `status` only while the stage has it. */
export function stageHead({ page, title, status }: { page: Page; title: StageTitle; status?: StatusWord }): Locator {
  const name = new RegExp(`^${title}\\s*${status ?? ""}`);
  return page.getByRole("heading", { level: 2 }).getByRole("button", { name });
}

/** Opens the section unless it is open. */
export async function openStage({ page, title }: { page: Page; title: StageTitle }): Promise<void> {
  const head = stageHead({ page, title });
  await head.waitFor();
  if ((await head.getAttribute("aria-expanded")) !== "true") await head.click();
}

/** The section itself, with what it shows while open. */
export function stageSection({ page, title }: { page: Page; title: StageTitle }): Locator {
  return page.locator("section").filter({ has: stageHead({ page, title }) });
}
