/** `POST /builds`: builds a release that exists, or makes package and release where needed. */
import type { Actor } from "~/domain/actor";
import { invalidField, notFound } from "~/domain/errors";
import { createId } from "~/domain/ids";
import { parsePackageName } from "~/domain/names";
import type { Tx } from "../../db/client";
import type { PackageKind, Visibility } from "../../db/generated/client";
import { isUniqueViolation } from "../../db/unique-violation";
import { visiblePackages } from "../access";
import type { ServiceContext } from "../context";
import { requireWritable } from "../packages/find-package";
import { checkVersion } from "../releases/choose-version";
import { RELEASE_TX, type ReleaseContent } from "../releases/create-release";
import { findWritableRelease } from "../releases/find-release";
import { insertRelease } from "../releases/insert-release";
import { prepareFiles, prepareOptions } from "../releases/prepare-release";
import { findWritableWorkspace } from "../workspaces/find-workspace";
import { readLabels } from "./build-view";
import { createBuild, type NewBuild } from "./create-build";

interface Caller {
  context: ServiceContext;
  actor: Actor;
  requestId: string | null;
  /** Ends a fetch of files when the caller leaves. */
  signal?: AbortSignal;
}

export interface SubmitFilesOptions extends Caller, ReleaseContent {
  kind: PackageKind;
  /** `workspace/name`; made when it does not exist. */
  package: string;
  /** Only for a new package. */
  visibility?: Visibility;
  /** Added to those of the package, and so to those of its builds. */
  labels?: Record<string, string>;
}

export type Submitted = NewBuild & { releaseId: string };

/** Throws `not_found` or `forbidden`. */
export async function buildExistingRelease(options: Caller & { releaseId: string }): Promise<Submitted> {
  const { context, actor, requestId } = options;
  const release = await findWritableRelease({ context, actor, release: { release_id: options.releaseId } });
  const trigger = actor.via === "token" ? "api" : "rebuild";
  const build = await context.database.db.$transaction((tx) =>
    createBuild({ context, tx, releaseId: release.id, trigger, requestedBy: actor.userId, requestId }),
  );
  context.kickOutbox();
  return { ...build, releaseId: release.id };
}

/** Throws `not_found` or `forbidden` for the workspace or package, `validation_failed`, `payload_too_large`, `version_taken`. */
export async function submitFiles(options: SubmitFilesOptions): Promise<Submitted> {
  const { context, actor, requestId, kind } = options;
  const version = options.version === undefined ? undefined : checkVersion(options.version);
  const pipelineOptions = prepareOptions({ context, kind, options: options.options });
  await ensureAccess(options);
  const prepared = await prepareFiles({ context, content: options, signal: options.signal });
  const submit = (): Promise<Submitted> =>
    context.database.db.$transaction(async (tx) => {
      const packageId = await ensurePackage({ ...options, tx });
      return insertRelease({
        context, tx, actor, packageId, prepared, options: pipelineOptions, version,
        commitSha: prepared.commitSha ?? options.commitSha, ref: prepared.ref ?? options.ref, requestId,
      });
    }, RELEASE_TX);
  // Two first pushes at once: the one that comes second finds the package that the other made.
  const build = await submit().catch((error: unknown) => {
    if (isUniqueViolation(error)) return submit();
    throw error;
  });
  context.kickOutbox();
  return build;
}

/** Before anything is stored: may the caller push here, and does the body fit the package that is there? */
async function ensureAccess(options: SubmitFilesOptions): Promise<void> {
  const { context, actor, kind } = options;
  const parts = parsePackageName(options.package);
  if (parts === null) throw invalidField("package", "must be `workspace/name`.");
  const found = await context.database.db.package.findFirst({
    where: { AND: [visiblePackages(actor), { name: parts.name, workspace: { slug: parts.workspace } }] },
    select: { id: true, kind: true, visibility: true },
  });
  if (found === null) {
    await findWritableWorkspace({ context, actor, workspace: parts.workspace });
    return;
  }
  await requireWritable({ db: context.database.db, actor, packageId: found.id, what: "package" });
  if (found.kind !== kind) throw invalidField("kind", `${options.package} is a ${found.kind} package; got "${kind}". Send ${found.kind}, or choose another package.`);
  if (options.visibility !== undefined && options.visibility !== found.visibility) {
    throw invalidField("visibility", `${options.package} exists and is ${found.visibility}. Leave it out here, and change it in the package's settings.`);
  }
}

async function ensurePackage(options: SubmitFilesOptions & { tx: Tx }): Promise<string> {
  const { tx } = options;
  const parts = parsePackageName(options.package);
  const workspace = parts === null ? null : await tx.workspace.findUnique({ where: { slug: parts.workspace }, select: { id: true } });
  if (parts === null || workspace === null) throw notFound(`Package ${options.package}`);
  const found = await tx.package.findUnique({ where: { workspaceId_name: { workspaceId: workspace.id, name: parts.name } } });
  if (found === null) {
    const created = await tx.package.create({
      data: { id: createId("package"), workspaceId: workspace.id, name: parts.name, kind: options.kind, visibility: options.visibility ?? "private", labels: options.labels ?? {} },
    });
    return created.id;
  }
  if (options.labels !== undefined) await tx.package.update({ where: { id: found.id }, data: { labels: { ...readLabels(found.labels), ...options.labels } } });
  return found.id;
}
