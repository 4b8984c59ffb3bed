/** Makes a release of a package that exists; its build starts by itself. */
import type { Actor } from "~/domain/actor";
import type { NewBuild } from "../builds/create-build";
import type { ServiceContext } from "../context";
import { findWritablePackage } from "../packages/find-package";
import { checkVersion } from "./choose-version";
import { insertRelease } from "./insert-release";
import { prepareFiles, prepareOptions, type ReleaseSource } from "./prepare-release";

export const RELEASE_TX = { timeout: 30_000, maxWait: 10_000 } as const;

export interface ReleaseContent extends ReleaseSource {
  /** Semver; left out: the next patch. */
  version?: string;
  commitSha?: string;
  ref?: string;
  options?: Record<string, unknown>;
}

export interface CreateReleaseOptions extends ReleaseContent {
  context: ServiceContext;
  actor: Actor;
  /** `workspace/name`. */
  package: string;
  requestId: string | null;
  /** Ends a fetch of files when the caller leaves. */
  signal?: AbortSignal;
}

/** Throws `not_found` or `forbidden` for the package, `validation_failed`, `payload_too_large`, `version_taken`. */
export async function createRelease(options: CreateReleaseOptions): Promise<NewBuild & { releaseId: string }> {
  const { context, actor, requestId } = options;
  const found = await findWritablePackage({ context, actor, name: options.package });
  const version = options.version === undefined ? undefined : checkVersion(options.version);
  const pipelineOptions = prepareOptions({ context, kind: found.kind, options: options.options });
  const prepared = await prepareFiles({ context, content: options, signal: options.signal });
  const build = await context.database.db.$transaction(
    (tx) =>
      insertRelease({
        context, tx, actor, packageId: found.id, prepared, options: pipelineOptions, version,
        commitSha: prepared.commitSha ?? options.commitSha, ref: prepared.ref ?? options.ref, requestId,
      }),
    RELEASE_TX,
  );
  context.kickOutbox();
  return build;
}
