/** Finds an earlier successful result of the workspace with the same fingerprint, whose artifacts are all still there. */
import type { BuildStage, PackageKind } from "../../db/generated/client";
import type { ServiceContext } from "../context";
import type { MadeArtifact } from "./settle-stage";

export interface ReusableResult {
  stage: BuildStage;
  build: { id: string; number: number; package: string };
  artifacts: readonly MadeArtifact[];
}

export interface FindReusableResultOptions {
  context: ServiceContext;
  workspaceId: string;
  kind: PackageKind;
  key: string;
  fingerprint: string;
}

/** A result made without isolation is never reused: whatever built it could have written anything. */
export async function findReusableResult(options: FindReusableResultOptions): Promise<ReusableResult | null> {
  const { context, workspaceId, kind, key, fingerprint } = options;
  const stage = await context.database.db.buildStage.findFirst({
    where: { workspaceId, kind, key, fingerprint, status: "successful", insecure: false, build: { contentRemovedAt: null } },
    orderBy: { id: "desc" },
    include: { artifacts: true, build: { select: { id: true, number: true, package: { select: { name: true, workspace: { select: { slug: true } } } } } } },
  });
  if (stage === null) return null;
  const { artifacts, build, ...row } = stage;
  // Kept, not only looked at: until this build refers to them itself, nothing may take them away.
  const present = await Promise.all(artifacts.map((artifact) => context.blobs.keep(artifact.sha256)));
  if (present.includes(null)) return null;
  // The stage and its artifacts were read one after the other: had retention come between, the list would be short.
  if ((await context.database.db.build.count({ where: { id: build.id, contentRemovedAt: null } })) === 0) return null;
  return {
    stage: row,
    build: { id: build.id, number: build.number, package: `${build.package.workspace.slug}/${build.package.name}` },
    artifacts: artifacts.map(({ name, mediaType, size, sha256 }) => ({ name, mediaType, size, sha256 })),
  };
}
