/** One package with its README. */
import type { Actor } from "~/domain/actor";
import { notFound } from "~/domain/errors";
import type { PackageView } from "../../api/schemas/packages";
import type { ServiceContext } from "../context";
import { findPackage } from "./find-package";
import { loadPackageViews } from "./package-view";

const README_LIMIT = 256 * 1024;

/** Throws `not_found`, also for a package the caller may not see. */
export async function getPackage(options: {
  context: ServiceContext;
  actor: Actor | null;
  name: string;
}): Promise<PackageView & { readme: string | null }> {
  const { context, actor } = options;
  const found = await findPackage({ context, actor, name: options.name });
  const [views, readme] = await Promise.all([loadPackageViews({ context, actor, ids: [found.id] }), readReadme({ context, packageId: found.id })]);
  const view = views[0];
  if (view === undefined) throw notFound(`Package ${options.name}`);
  return { ...view, readme };
}

/** The README at the root of the newest release, when it is a text of at most 256 KB. */
async function readReadme(options: { context: ServiceContext; packageId: string }): Promise<string | null> {
  const { context, packageId } = options;
  const release = await context.database.db.release.findFirst({ where: { packageId }, orderBy: { id: "desc" }, select: { id: true } });
  if (release === null) return null;
  const file = await context.database.db.releaseFile.findFirst({
    where: { releaseId: release.id, path: { in: ["README.md", "readme.md", "Readme.md", "README"] }, size: { lte: README_LIMIT } },
  });
  return file === null ? null : Buffer.from(await context.blobs.get(file.sha256)).toString("utf8");
}
