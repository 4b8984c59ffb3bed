/** Finds a package that the caller may see, or may change. */
import type { Actor } from "~/domain/actor";
import { AppError, notFound } from "~/domain/errors";
import { parsePackageName } from "~/domain/names";
import type { Package } from "../../db/generated/client";
import type { Tx } from "../../db/client";
import { visiblePackages, writablePackages } from "../access";
import type { ServiceContext } from "../context";

/** Throws `not_found`, also for a package the caller may not see. `name` is `workspace/name`. */
export async function findPackage(options: { context: Pick<ServiceContext, "database">; actor: Actor | null; name: string }): Promise<Package> {
  const parts = parsePackageName(options.name);
  const found =
    parts === null
      ? null
      : await options.context.database.db.package.findFirst({
          where: { AND: [visiblePackages(options.actor), { name: parts.name, workspace: { slug: parts.workspace } }] },
        });
  if (found === null) throw notFound(`Package ${options.name}`);
  return found;
}

/** As `findPackage`; throws `forbidden` when the caller may see it but not change it. */
export async function findWritablePackage(options: { context: Pick<ServiceContext, "database">; actor: Actor; name: string }): Promise<Package> {
  const found = await findPackage(options);
  await requireWritable({ db: options.context.database.db, actor: options.actor, packageId: found.id, what: "package" });
  return found;
}

/** Throws `forbidden` unless the caller may create, cancel and change builds and releases of the package. */
export async function requireWritable(options: { db: Tx; actor: Actor; packageId: string; what: string }): Promise<void> {
  const writable = await options.db.package.count({ where: { id: options.packageId, ...writablePackages(options.actor) } });
  if (writable > 0) return;
  throw new AppError("forbidden", {
    userMessage: `You may see this ${options.what} but not change it. Ask an owner of its workspace to make you a member.`,
  });
}
