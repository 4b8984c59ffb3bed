/** Packages as every surface answers them. */
import { writablePackages } from "../access";
import type { Actor } from "~/domain/actor";
import type { PackageView } from "../../api/schemas/packages";
import type { Prisma } from "../../db/generated/client";
import { artifactUrl, readLabels, summarySelect, toBuildSummary } from "../builds/build-view";
import type { ServiceContext } from "../context";

const packageSelect = {
  id: true,
  name: true,
  kind: true,
  visibility: true,
  description: true,
  labels: true,
  lastBuildNumber: true,
  createdAt: true,
  updatedAt: true,
  workspace: { select: { slug: true, personalUser: { select: { handle: true, name: true, image: true } } } },
  _count: { select: { releases: true } },
  releases: { orderBy: { id: "desc" }, take: 1, select: { id: true, version: true, displayStatus: true, createdAt: true } },
  builds: { orderBy: { id: "desc" }, take: 1, select: summarySelect },
} satisfies Prisma.PackageSelect;

/** Pictures in the order in which they are preferred on a card. */
const PREVIEW_PREFERENCE = ["pcb", "assembly", "3d", "schematic"];

/** Views in the order of the ids. The caller must have checked that all of them may be seen. */
export async function loadPackageViews(options: { context: Pick<ServiceContext, "database">; actor: Actor | null; ids: string[] }): Promise<PackageView[]> {
  const { context, actor, ids } = options;
  const { db } = context.database;
  const [rows, writable, previews] = await Promise.all([
    db.package.findMany({ where: { id: { in: ids } }, select: packageSelect }),
    actor === null ? [] : db.package.findMany({ where: { id: { in: ids }, ...writablePackages(actor) }, select: { id: true } }),
    findPreviews({ context, packageIds: ids }),
  ]);
  const mayWrite = new Set(writable.map((row) => row.id));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (row === undefined) return [];
    const release = row.releases[0];
    const build = row.builds[0];
    return {
      package_id: row.id,
      package: `${row.workspace.slug}/${row.name}`,
      workspace: row.workspace.slug,
      name: row.name,
      kind: row.kind,
      visibility: row.visibility,
      description: row.description,
      labels: readLabels(row.labels),
      created_at: row.createdAt.toISOString(),
      updated_at: row.updatedAt.toISOString(),
      owner: row.workspace.personalUser,
      release_count: row._count.releases,
      build_count: row.lastBuildNumber,
      latest_release:
        release === undefined
          ? null
          : { version: release.version, release_id: release.id, display_status: release.displayStatus, created_at: release.createdAt.toISOString() },
      latest_build: build === undefined ? null : toBuildSummary(build),
      preview_url: previews.get(row.id) ?? null,
      can_write: mayWrite.has(row.id),
    };
  });
}

/** For each package the picture of its newest successful build that shows it best. */
async function findPreviews(options: { context: Pick<ServiceContext, "database">; packageIds: string[] }): Promise<Map<string, string>> {
  const result = await options.context.database.pool.query<{ package_id: string; build_id: string; name: string }>({
    name: "package-previews",
    text: `
      SELECT p.id AS package_id, a.build_id, a.name
      FROM unnest($1::text[]) AS p(id)
      CROSS JOIN LATERAL (SELECT id FROM build WHERE package_id = p.id AND status = 'successful' ORDER BY id DESC LIMIT 1) b
      JOIN artifact a ON a.build_id = b.id AND a.media_type LIKE 'image/%'
      ORDER BY a.name`,
    values: [options.packageIds],
  });
  const best = new Map<string, { rank: number; url: string }>();
  for (const row of result.rows) {
    const rank = rankPreview(row.name);
    const known = best.get(row.package_id);
    if (known === undefined || rank < known.rank) best.set(row.package_id, { rank, url: artifactUrl({ buildId: row.build_id, name: row.name }) });
  }
  return new Map([...best].map(([packageId, { url }]) => [packageId, url]));
}

function rankPreview(name: string): number {
  const kind = PREVIEW_PREFERENCE.findIndex((word) => name.includes(word));
  return (kind < 0 ? PREVIEW_PREFERENCE.length : kind) * 2 + (name.endsWith(".svg") ? 0 : 1);
}
