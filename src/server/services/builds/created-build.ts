/** What the maker of a build is told. Reads nothing: the build is committed by now, so its answer must not fail. */
import type { z } from "zod";
import type { createdBuild } from "../../api/schemas/builds";
import type { NewBuild } from "./create-build";

export type CreatedBuild = z.infer<typeof createdBuild>;

export function describeCreatedBuild({ build }: { build: NewBuild }): CreatedBuild {
  const self = `/api/v1/builds/${build.buildId}`;
  return {
    build_id: build.buildId,
    release_id: build.releaseId,
    package: build.packageName,
    number: build.number,
    status: build.status,
    created_at: build.createdAt.toISOString(),
    estimated_time: build.estimatedMs === null ? null : Math.round(build.estimatedMs) / 1000,
    links: { self, html: `/${build.packageName}/builds/${build.number}`, logs: `${self}/logs`, events: `${self}/events`, artifacts: `${self}/artifacts` },
  };
}
