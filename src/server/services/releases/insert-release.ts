/** Writes a prepared release and makes its build, in the caller's transaction. */
import type { Actor } from "~/domain/actor";
import { createId } from "~/domain/ids";
import type { Tx } from "../../db/client";
import type { Prisma } from "../../db/generated/client";
import { createBuild, type NewBuild } from "../builds/create-build";
import type { ServiceContext } from "../context";
import { chooseVersion } from "./choose-version";
import { insertFiles } from "./insert-files";
import type { PreparedFiles } from "./prepare-release";

export interface InsertReleaseOptions {
  context: ServiceContext;
  tx: Tx;
  actor: Actor;
  packageId: string;
  prepared: PreparedFiles;
  options: Prisma.InputJsonObject;
  /** Checked; undefined: the next patch. */
  version: string | undefined;
  commitSha: string | undefined;
  ref: string | undefined;
  requestId: string | null;
}

/** Throws `version_taken`. Call `context.kickOutbox()` once the transaction is committed. */
export async function insertRelease(options: InsertReleaseOptions): Promise<NewBuild & { releaseId: string }> {
  const { context, tx, actor, packageId, prepared } = options;
  // Two pushes at once take turns here, so both get their own version.
  await tx.$queryRaw`SELECT 1 AS locked FROM package WHERE id = ${packageId} FOR UPDATE`;
  const version = chooseVersion({ requested: options.version, ...(await readVersions({ tx, packageId, requested: options.version })) });
  const releaseId = createId("release");
  await tx.release.create({
    data: {
      id: releaseId,
      packageId,
      version,
      commitSha: options.commitSha?.toLowerCase() ?? null,
      ref: options.ref ?? null,
      options: options.options,
      filesDigest: prepared.digest,
      fileCount: prepared.files.length,
      totalSize: prepared.totalSize,
      createdById: actor.userId,
    },
  });
  await insertFiles({ tx, releaseId, files: prepared.files });
  const trigger = actor.via === "token" ? "api" : "push";
  const build = await createBuild({ context, tx, releaseId, trigger, requestedBy: actor.userId, requestId: options.requestId });
  return { ...build, releaseId };
}

/**
 * A package may have tens of thousands of releases: the database finds those of its highest major, minor and patch (one, but
 * for pre-releases of it), and the rules of semver for what follows the numbers are left to the caller.
 */
async function readVersions({ tx, packageId, requested }: { tx: Tx; packageId: string; requested: string | undefined }): Promise<{ isTaken: boolean; highest: string[] }> {
  const taken = requested === undefined ? null : await tx.release.findUnique({ where: { packageId_version: { packageId, version: requested } }, select: { id: true } });
  const rows = await tx.$queryRaw<{ version: string }[]>`
    WITH numbered AS MATERIALIZED (
      SELECT version, string_to_array(substring(version FROM '^[0-9]+[.][0-9]+[.][0-9]+'), '.')::numeric[] AS numbers FROM release WHERE package_id = ${packageId})
    SELECT version FROM numbered WHERE numbers = (SELECT max(numbers) FROM numbered)`;
  return { isTaken: taken !== null, highest: rows.map((row) => row.version) };
}
