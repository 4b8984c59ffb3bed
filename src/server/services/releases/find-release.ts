/** Finds a release that the caller may see, or may change. */
import type { Actor } from "~/domain/actor";
import { notFound } from "~/domain/errors";
import { parsePackageName } from "~/domain/names";
import type { Release } from "../../db/generated/client";
import { visiblePackages } from "../access";
import type { ServiceContext } from "../context";
import { requireWritable } from "../packages/find-package";

/** `version` may be `latest`: the newest. */
export type ReleaseRef = { release_id: string } | { package: string; version: string };

interface FindOptions<Caller> {
  context: Pick<ServiceContext, "database">;
  actor: Caller;
  release: ReleaseRef;
}

/** Throws `not_found`, also for one the caller may not see. */
export async function findRelease({ context, actor, release }: FindOptions<Actor | null>): Promise<Release> {
  const { db } = context.database;
  const visible = visiblePackages(actor);
  if ("release_id" in release) {
    const found = await db.release.findFirst({ where: { id: release.release_id, package: visible } });
    if (found === null) throw notFound(`Release ${release.release_id}`);
    return found;
  }
  const parts = parsePackageName(release.package);
  const found =
    parts === null
      ? null
      : await db.release.findFirst({
          where: {
            ...(release.version === "latest" ? {} : { version: release.version }),
            package: { AND: [visible, { name: parts.name, workspace: { slug: parts.workspace } }] },
          },
          orderBy: { id: "desc" },
        });
  if (found === null) throw notFound(`Release ${release.version} of ${release.package}`);
  return found;
}

/** As `findRelease`; throws `forbidden` when the caller may see it but not change it. */
export async function findWritableRelease(options: FindOptions<Actor>): Promise<Release> {
  const found = await findRelease(options);
  await requireWritable({ db: options.context.database.db, actor: options.actor, packageId: found.packageId, what: "release" });
  return found;
}
