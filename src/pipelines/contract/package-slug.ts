/** What a package is called that a prompt makes: after the contract's name. */
import type { ContractFeatures } from "./options";
import type { TemplateName } from "./spec/schema";
import { understandPrompt } from "./spec/understand";

const MAX_SLUG = 80;

/** Lower-case letters, digits and hyphens, 1 to 80: `Hyper Kit` → `hyper-kit`; without a name after the template. */
export function makePackageSlug(options: { prompt: string; template?: TemplateName; features?: ContractFeatures }): string {
  const { understood, template } = understandPrompt(options);
  const name = understood.find((one) => one.field === "name")?.value ?? "";
  const slug = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_SLUG)
    .replace(/^-+|-+$/g, "");
  return slug === "" ? `my-${template ?? "contract"}` : slug;
}
