/** What is asked about packages and workspaces. */
import { z } from "zod";
import { packageKind, person } from "./builds";
import { labels, packageRef, visibility, workspaceRef } from "./names";
import { packageView } from "./packages";
import { pagingAnswer, pagingFields, wholeAnswer } from "./paging";

const description = z.string().max(1000, { error: "must have at most 1000 characters." });

export const listPackagesInput = z.object({
  workspace: workspaceRef.optional(),
  /** Text in the name or description. */
  q: z.string().max(200).optional(),
  kind: packageKind.optional(),
  ...pagingFields,
});
export const listPackagesOutput = z.object({ packages: z.array(packageView), ...pagingAnswer });
export const packageRefInput = z.object({ package: packageRef });
export const packageDetail = packageView.extend({ readme: z.string().nullable() });
export const createPackageInput = z.strictObject({
  package: packageRef,
  kind: packageKind,
  visibility: visibility.optional(),
  description: description.optional(),
  labels: labels.optional(),
});
export const updatePackageInput = z.strictObject({
  package: packageRef,
  visibility: visibility.optional(),
  description: description.optional(),
  labels: labels.optional(),
});
export const deletePackageInput = z.strictObject({ package: packageRef });

const memberRole = z.enum(["owner", "member", "viewer"]);
export const workspaceView = z.object({
  workspace_id: z.string(),
  slug: z.string(),
  name: z.string(),
  /** The caller's role; null for an admin who is no member. */
  role: memberRole.nullable(),
  personal: z.boolean(),
  package_count: z.number().int(),
  created_at: z.iso.datetime(),
});
export const listWorkspacesOutput = z.object({ workspaces: z.array(workspaceView), ...wholeAnswer });
export const workspaceDetail = workspaceView.extend({ members: z.array(person.extend({ role: memberRole })) });
export const workspaceInput = z.object({ workspace: workspaceRef });
export type WorkspaceView = z.infer<typeof workspaceView>;
