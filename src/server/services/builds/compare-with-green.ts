/** What changed since it was green: this build beside the last successful one of its package before it. */
import type { Actor } from "~/domain/actor";
import type { Comparison } from "../../api/schemas/build-requests";
import type { ServiceContext } from "../context";
import { readManifest } from "../releases/file-manifest";
import { readToolchain } from "./build-view";
import { findBuild } from "./find-build";

/** Empty lists and a null base when no build was successful before. Throws `not_found`. */
export async function compareWithGreen(options: { context: ServiceContext; actor: Actor | null; buildId: string }): Promise<Comparison> {
  const { context } = options;
  const build = await findBuild({ context, actor: options.actor, build: { build_id: options.buildId } });
  const base = await context.database.db.build.findFirst({
    where: { packageId: build.packageId, status: "successful", id: { lt: build.id } },
    orderBy: { id: "desc" },
    select: { id: true, number: true, filesDigest: true, contentRemovedAt: true },
  });
  if (base === null) return { base: null, files: [], toolchain: [], artifacts: [] };
  const [filesBefore, filesAfter, before, after] = await Promise.all([
    readFiles(context, base.filesDigest),
    readFiles(context, build.filesDigest),
    readOutcome(context, base.id),
    readOutcome(context, build.id),
  ]);
  return {
    base: { build_id: base.id, number: base.number },
    files: diff(filesBefore, filesAfter).map(({ key, change }) => ({ path: key, change })),
    toolchain: diff(before.toolchain, after.toolchain)
      // A stage that did not run yet says nothing of its tools: that is no removal.
      .filter(({ change }) => change !== "removed")
      .map(({ key }) => ({ name: key, from: before.toolchain.get(key) ?? null, to: after.toolchain.get(key) ?? null })),
    // Artifacts that retention removed are no difference between the two.
    artifacts: base.contentRemovedAt !== null || build.contentRemovedAt !== null ? [] : diff(before.artifacts, after.artifacts).map(({ key, change }) => ({ name: key, change })),
  };
}

async function readFiles(context: ServiceContext, digest: string): Promise<Map<string, string>> {
  const manifest = await readManifest({ blobs: context.blobs, digest });
  return new Map(Object.entries(manifest.files).map(([path, file]) => [path, file.sha256]));
}

async function readOutcome(context: ServiceContext, buildId: string): Promise<{ toolchain: Map<string, string>; artifacts: Map<string, string> }> {
  const { db } = context.database;
  const [stages, artifacts] = await Promise.all([
    db.buildStage.findMany({ where: { buildId }, select: { inputs: true } }),
    db.artifact.findMany({ where: { buildId }, select: { name: true, sha256: true } }),
  ]);
  return {
    toolchain: new Map(stages.flatMap((stage) => Object.entries(readToolchain(stage.inputs)))),
    artifacts: new Map(artifacts.map((artifact) => [artifact.name, artifact.sha256])),
  };
}

type Change = "added" | "removed" | "changed";

function diff(before: Map<string, string>, after: Map<string, string>): { key: string; change: Change }[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys.flatMap((key): { key: string; change: Change }[] => {
    if (!before.has(key)) return [{ key, change: "added" }];
    if (!after.has(key)) return [{ key, change: "removed" }];
    return before.get(key) === after.get(key) ? [] : [{ key, change: "changed" }];
  });
}
