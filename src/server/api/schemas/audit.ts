/** Shapes of the audit log. */
import { z } from "zod";
import { person } from "./builds";
import { workspaceRef } from "./names";
import { pagingAnswer, pagingFields } from "./paging";

export const auditEntryView = z.object({
  entry_id: z.string(),
  /** Such as `signer.set`. */
  action: z.string(),
  /** What it was done to: a signer's name. */
  subject: z.string(),
  /** Addresses, never a key. */
  detail: z.record(z.string(), z.string().nullable()),
  /** Null: whoever runs the installation, on its command line. */
  actor: person.nullable(),
  created_at: z.iso.datetime(),
});
export type AuditEntryView = z.infer<typeof auditEntryView>;

export const listAuditEntriesInput = z.object({ workspace: workspaceRef, ...pagingFields });
export const listAuditEntriesOutput = z.object({ entries: z.array(auditEntryView), ...pagingAnswer });
