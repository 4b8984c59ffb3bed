/** What a build put out, in the order of its stages and then by name. */
import type { Actor } from "~/domain/actor";
import type { ArtifactView } from "../../api/schemas/builds";
import type { Artifact } from "../../db/generated/client";
import type { ServiceContext } from "../context";
import { artifactUrl } from "./build-view";
import { findBuild } from "./find-build";

/** Throws `not_found` for a build the caller may not see. */
export async function listArtifacts(options: { context: ServiceContext; actor: Actor | null; buildId: string }): Promise<ArtifactView[]> {
  const build = await findBuild({ context: options.context, actor: options.actor, build: { build_id: options.buildId } });
  const rows = await options.context.database.db.artifact.findMany({
    where: { buildId: build.id },
    orderBy: [{ buildStage: { position: "asc" } }, { name: "asc" }],
  });
  return rows.map(toArtifactView);
}

export type ArtifactRow = Pick<Artifact, "buildId" | "name" | "stageKey" | "mediaType" | "size" | "sha256">;

export function toArtifactView(row: ArtifactRow): ArtifactView {
  return {
    name: row.name,
    stage: row.stageKey,
    media_type: row.mediaType,
    size: row.size,
    sha256: row.sha256,
    url: artifactUrl({ buildId: row.buildId, name: row.name }),
  };
}
