/** Changes the files of a release: what they touch goes stale, and a build starts by itself. */
import type { Actor } from "~/domain/actor";
import { AppError, invalidField } from "~/domain/errors";
import type { FileInput } from "../../api/schemas/packages";
import type { Tx } from "../../db/client";
import { createBuild, type NewBuild } from "../builds/create-build";
import { refreshStaleness } from "../builds/refresh-staleness";
import type { ServiceContext } from "../context";
import { RELEASE_TX } from "./create-release";
import { findWritableRelease } from "./find-release";
import { insertFiles } from "./insert-files";
import { describeFiles, storeFiles, type PreparedFiles } from "./prepare-release";
import { checkTotals, decodeFiles, findClashes, refuse } from "./validate-files";

export interface UpdateReleaseFilesOptions {
  context: ServiceContext;
  actor: Actor;
  releaseId: string;
  /** Files to add, or to put in place of those with the same path. */
  upsert: readonly FileInput[];
  /** Paths to take away. */
  remove: readonly string[];
  requestId: string | null;
}

/**
 * Throws `not_found`, `forbidden`, `release_locked`, `payload_too_large`, and `validation_failed` also when nothing would
 * change, when no file would be left, or for a path to remove that is not there.
 */
export async function updateReleaseFiles(options: UpdateReleaseFilesOptions): Promise<NewBuild & { releaseId: string }> {
  const { context, actor, requestId } = options;
  const release = await findWritableRelease({ context, actor, release: { release_id: options.releaseId } });
  const decoded = decodeFiles({ files: options.upsert, field: "upsert" });
  checkTotals({ sizes: decoded.map((file) => file.content.byteLength), field: "upsert" });
  const stored = await storeFiles({ context, files: decoded });

  const build = await context.database.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 AS locked FROM release WHERE id = ${release.id} FOR UPDATE`;
    const current = await tx.release.findUniqueOrThrow({ where: { id: release.id }, include: { files: true } });
    if (current.locked) {
      throw new AppError("release_locked", { userMessage: `Release ${current.version} is locked. Unlock it, or push a new release with the changed files.` });
    }
    const files = mergeFiles({ current: current.files, stored, remove: options.remove });
    const prepared = await describeFiles({ blobs: context.blobs, files });
    if (prepared.digest === current.filesDigest) throw invalidField("upsert", "these files are the same as before; there is nothing to build.");
    await replaceFiles({ tx, releaseId: release.id, stored, remove: options.remove, prepared });
    await refreshStaleness({ context, tx, releaseId: release.id });
    return createBuild({ context, tx, releaseId: release.id, trigger: "files_changed", requestedBy: actor.userId, requestId });
  }, RELEASE_TX);
  context.kickOutbox();
  return { ...build, releaseId: release.id };
}

function mergeFiles(options: { current: PreparedFiles["files"]; stored: PreparedFiles["files"]; remove: readonly string[] }): PreparedFiles["files"] {
  const { current, stored, remove } = options;
  const files = new Map(current.map(({ path, sha256, size }) => [path, { path, sha256, size }]));
  refuse(
    remove.flatMap((path, index) => (files.has(path) ? [] : [{ path: `remove.${index}`, message: `\`${path}\` is not a file of this release. Leave it out.` }])),
  );
  for (const path of remove) files.delete(path);
  for (const file of stored) files.set(file.path, file);
  const merged = [...files.values()];
  if (merged.length === 0) throw invalidField("remove", "would leave the release without files. Keep at least one.");
  checkTotals({ sizes: merged.map((file) => file.size), field: "upsert" });
  // Kept files first, so that a clash is told of the new one.
  const names = new Set(stored.map((file) => file.path));
  const kept = merged.filter((file) => !names.has(file.path)).map((file) => file.path);
  const clashes = findClashes({ paths: [...kept, ...stored.map((file) => file.path)], field: "upsert" });
  refuse(clashes.map(({ path, message }) => ({ path: shiftIndex(path, kept.length), message })));
  return merged;
}

function shiftIndex(path: string, by: number): string {
  return path.replace(/\d+/, (index) => String(Math.max(0, Number(index) - by)));
}

async function replaceFiles(options: {
  tx: Tx;
  releaseId: string;
  stored: PreparedFiles["files"];
  remove: readonly string[];
  prepared: PreparedFiles;
}): Promise<void> {
  const { tx, releaseId, stored, remove, prepared } = options;
  await tx.releaseFile.deleteMany({ where: { releaseId, path: { in: [...remove, ...stored.map((file) => file.path)] } } });
  await insertFiles({ tx, releaseId, files: stored });
  await tx.release.update({
    where: { id: releaseId },
    data: { filesDigest: prepared.digest, fileCount: prepared.files.length, totalSize: prepared.totalSize },
  });
}
