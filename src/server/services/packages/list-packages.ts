/** Packages that the caller may see, newest first: of one workspace, or of all they belong to. */
import type { Actor } from "~/domain/actor";
import type { PackageView } from "../../api/schemas/packages";
import type { PackageKind, Prisma } from "../../db/generated/client";
import { visiblePackages, visibleWorkspaces } from "../access";
import type { ServiceContext } from "../context";
import { exactly, pageOf, resolvePaging, type PagingAnswer, type PagingInput } from "../paging";
import { loadPackageViews } from "./package-view";

export interface ListPackagesOptions {
  context: Pick<ServiceContext, "database">;
  actor: Actor | null;
  /** Slug. Left out: the caller's own workspaces; for an anonymous caller all public packages. */
  workspace?: string;
  q?: string;
  kind?: PackageKind;
  paging: PagingInput;
}

export async function listPackages(options: ListPackagesOptions): Promise<PagingAnswer & { packages: PackageView[] }> {
  const { context, actor, workspace, q, kind } = options;
  const paging = resolvePaging(options.paging);
  const filters: Prisma.PackageWhereInput[] = [visiblePackages(actor)];
  if (workspace !== undefined) filters.push({ workspace: { slug: workspace } });
  else if (actor !== null) filters.push({ workspace: visibleWorkspaces(actor) });
  if (kind !== undefined) filters.push({ kind });
  if (q !== undefined && q.trim() !== "") {
    const contains = { contains: q.trim(), mode: "insensitive" as const };
    filters.push({ OR: [{ name: contains }, { description: contains }] });
  }
  const { db } = context.database;
  const [rows, total] = await Promise.all([
    db.package.findMany({
      where: { AND: paging.after === null ? filters : [...filters, { id: { lt: paging.after } }] },
      orderBy: { id: "desc" },
      take: paging.limit + 1,
      skip: paging.offset,
      select: { id: true },
    }),
    paging.total ?? db.package.count({ where: { AND: filters } }).then(exactly),
  ]);
  const page = pageOf({ rows, paging, total });
  return { packages: await loadPackageViews({ context, actor, ids: page.rows.map((row) => row.id) }), ...page.answer };
}
