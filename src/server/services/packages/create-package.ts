/** Makes a package in a workspace the caller may write to. */
import type { Actor } from "~/domain/actor";
import { AppError, invalidField } from "~/domain/errors";
import { createId } from "~/domain/ids";
import { parsePackageName } from "~/domain/names";
import type { Package, PackageKind, Visibility } from "../../db/generated/client";
import { isUniqueViolation } from "../../db/unique-violation";
import type { ServiceContext } from "../context";
import { findWritableWorkspace } from "../workspaces/find-workspace";

export interface CreatePackageOptions {
  context: ServiceContext;
  actor: Actor;
  /** `workspace/name`. */
  name: string;
  kind: PackageKind;
  visibility?: Visibility;
  description?: string;
  labels?: Record<string, string>;
}

/**
 * Throws `validation_failed` for a name or kind that can't be, `not_found` or `forbidden` for the workspace, `name_taken`.
 */
export async function createPackage(options: CreatePackageOptions): Promise<Package> {
  const { context, actor, kind } = options;
  const parts = parsePackageName(options.name);
  if (parts === null) throw invalidField("package", "must be `workspace/name`.");
  if (context.pipelines.get(kind) === undefined) {
    throw invalidField("kind", `this installation has no pipeline for "${kind}". Use one of: ${context.pipelines.kinds().join(", ")}.`);
  }
  const workspace = await findWritableWorkspace({ context, actor, workspace: parts.workspace });
  try {
    return await context.database.db.package.create({
      data: {
        id: createId("package"),
        workspaceId: workspace.id,
        name: parts.name,
        kind,
        visibility: options.visibility ?? "private",
        description: options.description ?? "",
        labels: options.labels ?? {},
      },
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError("name_taken", { userMessage: `${options.name} exists already. Choose another name, or push a release to it.` });
    throw error;
  }
}
