/** What the form for a signing key takes. The server looks again. */
import { z } from "zod";
import { SIGNER_NAME, SIGNER_RULE } from "~/domain/names";

export const SIGNER_LABELS = { name: "The name", private_key: "The key" };

/** Messages say the rule and never what was typed. */
export const signerForm = z.object({
  name: z.string().regex(SIGNER_NAME, { error: `${SIGNER_RULE}.` }),
  private_key: z.string().regex(/^0x[0-9a-fA-F]{64}$/, { error: "must be 0x and 64 hex digits." }),
});

/** Surrounding blanks come along with a copied key. */
export function readSignerForm(form: HTMLFormElement): { name: string; private_key: string } {
  const values = new FormData(form);
  const text = (field: string): string => {
    const value = values.get(field);
    return typeof value === "string" ? value.trim() : "";
  };
  return { name: text("name"), private_key: text("private_key") };
}
