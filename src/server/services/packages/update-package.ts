/** Changes what a package says of itself and who may see it. */
import type { Actor } from "~/domain/actor";
import type { Visibility } from "../../db/generated/client";
import type { ServiceContext } from "../context";
import { findWritablePackage } from "./find-package";

/** Fields left out stay; `labels` replaces all labels. Throws `not_found` or `forbidden`. */
export async function updatePackage(options: {
  context: ServiceContext;
  actor: Actor;
  name: string;
  visibility?: Visibility;
  description?: string;
  labels?: Record<string, string>;
}): Promise<void> {
  const found = await findWritablePackage(options);
  await options.context.database.db.package.update({
    where: { id: found.id },
    data: { visibility: options.visibility, description: options.description, labels: options.labels },
  });
}
