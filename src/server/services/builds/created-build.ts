/** What the maker of a build is told. */
import type { z } from "zod";
import type { createdBuild } from "../../api/schemas/builds";
import type { ServiceContext } from "../context";
import type { NewBuild } from "./create-build";
import { estimateDuration } from "./estimate-duration";

export type CreatedBuild = z.infer<typeof createdBuild>;

export async function describeCreatedBuild(options: { context: ServiceContext; build: NewBuild }): Promise<CreatedBuild> {
  const { context, build } = options;
  const row = await context.database.db.build.findUniqueOrThrow({
    where: { id: build.buildId },
    select: {
      releaseId: true,
      packageId: true,
      workspaceId: true,
      kind: true,
      number: true,
      package: { select: { name: true, workspace: { select: { slug: true } } } },
    },
  });
  const name = `${row.package.workspace.slug}/${row.package.name}`;
  const estimate = await estimateDuration({ context, packageId: row.packageId, workspaceId: row.workspaceId, kind: row.kind });
  const self = `/api/v1/builds/${build.buildId}`;
  return {
    build_id: build.buildId,
    release_id: row.releaseId,
    package: name,
    number: row.number,
    status: build.status,
    created_at: build.createdAt.toISOString(),
    estimated_time: estimate === null ? null : Math.round(estimate) / 1000,
    links: { self, html: `/${name}/builds/${row.number}`, logs: `${self}/logs`, events: `${self}/events`, artifacts: `${self}/artifacts` },
  };
}
