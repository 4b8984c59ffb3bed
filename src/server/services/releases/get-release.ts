/** One release with the list of its files. */
import type { Actor } from "~/domain/actor";
import { notFound } from "~/domain/errors";
import type { ReleaseView } from "../../api/schemas/packages";
import { writablePackages } from "../access";
import type { ServiceContext } from "../context";
import { findRelease, type ReleaseRef } from "./find-release";
import { loadReleaseViews } from "./release-view";

export type ReleaseDetail = ReleaseView & { files: { path: string; size: number; sha256: string }[]; can_write: boolean };

/** Throws `not_found`, also for one the caller may not see. */
export async function getRelease(options: { context: ServiceContext; actor: Actor | null; release: ReleaseRef }): Promise<ReleaseDetail> {
  const { context, actor } = options;
  const found = await findRelease(options);
  const { db } = context.database;
  const [views, files, writable] = await Promise.all([
    loadReleaseViews({ context, ids: [found.id] }),
    db.releaseFile.findMany({ where: { releaseId: found.id }, orderBy: { path: "asc" }, select: { path: true, size: true, sha256: true } }),
    actor === null ? 0 : db.package.count({ where: { id: found.packageId, ...writablePackages(actor) } }),
  ]);
  const view = views[0];
  if (view === undefined) throw notFound(`Release ${found.id}`);
  return { ...view, files, can_write: writable > 0 };
}
