/** Releases of a package, newest first. */
import type { Actor } from "~/domain/actor";
import type { ReleaseView } from "../../api/schemas/packages";
import type { ServiceContext } from "../context";
import { findPackage } from "../packages/find-package";
import { exactly, pageOf, resolvePaging, type PagingAnswer, type PagingInput } from "../paging";
import { loadReleaseViews } from "./release-view";

/** Throws `not_found` for a package the caller may not see. */
export async function listReleases(options: {
  context: ServiceContext;
  actor: Actor | null;
  package: string;
  paging: PagingInput;
}): Promise<PagingAnswer & { releases: ReleaseView[] }> {
  const { context, actor } = options;
  const found = await findPackage({ context, actor, name: options.package });
  const paging = resolvePaging(options.paging);
  const { db } = context.database;
  const [rows, total] = await Promise.all([
    db.release.findMany({
      where: { packageId: found.id, ...(paging.after === null ? {} : { id: { lt: paging.after } }) },
      orderBy: { id: "desc" },
      take: paging.limit + 1,
      skip: paging.offset,
      select: { id: true },
    }),
    paging.total ?? db.release.count({ where: { packageId: found.id } }).then(exactly),
  ]);
  const page = pageOf({ rows, paging, total });
  return { releases: await loadReleaseViews({ context, ids: page.rows.map((row) => row.id) }), ...page.answer };
}
