/** Checks what a release is made from and stores its files, before any row is written. */
import type { FileInput } from "../../api/schemas/packages";
import type { UploadedArchive } from "../../api/schemas/uploaded-archive";
import type { PackageKind, Prisma } from "../../db/generated/client";
import type { BlobBatch } from "../../storage/blob-store";
import { invalidField } from "~/domain/errors";
import type { ServiceContext } from "../context";
import { readArchive } from "./archive/read-archive";
import { writeManifest, type FileManifest, type ManifestTarget } from "./file-manifest";
import { fetchCommit } from "./git/fetch-commit";
import { checkTotals, decodeFiles, refuse, type NewFile } from "./validate-files";

const PARALLEL_WRITES = 16;

/** What a release's files come from; exactly one is set. */
export interface ReleaseSource {
  files?: readonly FileInput[];
  archive?: UploadedArchive;
  git?: { url: string; ref?: string };
}

export interface PreparedFiles {
  files: { path: string; sha256: string; size: number }[];
  digest: string;
  totalSize: number;
}

/** What the source itself says of where its files come from. */
export interface SourceFacts {
  commitSha?: string;
  ref?: string;
}

/**
 * Stores all files and their manifest, or nothing. Throws `validation_failed` or `payload_too_large`, each naming
 * `files.N.…`, `archive` or `git`; for git also `not_available`.
 */
export async function prepareFiles(options: { context: ServiceContext; content: ReleaseSource; signal?: AbortSignal }): Promise<PreparedFiles & SourceFacts> {
  const { context } = options;
  const batch = context.blobs.beginBatch();
  try {
    const { files, ...facts } = await takeSource({ ...options, batch });
    const prepared = await describeFiles({ blobs: { put: (content) => batch.add(content) }, files });
    await batch.commit();
    return { ...prepared, ...facts };
  } finally {
    await batch.discard();
  }
}

async function takeSource(options: { context: ServiceContext; content: ReleaseSource; batch: BlobBatch; signal?: AbortSignal }): Promise<{ files: PreparedFiles["files"] } & SourceFacts> {
  const { context, content, batch, signal } = options;
  if (content.git !== undefined) return fetchCommit({ source: content.git, settings: context.git, batch, signal });
  if (content.archive !== undefined) return { files: await readArchive({ archive: content.archive, batch }) };
  const decoded = decodeFiles({ files: content.files ?? [], field: "files" });
  checkTotals({ sizes: decoded.map((file) => file.content.byteLength), field: "files" });
  return { files: await addFiles({ batch, files: decoded }) };
}

/** Puts the bytes into the blob store. */
export async function storeFiles(options: { context: ServiceContext; files: readonly NewFile[] }): Promise<PreparedFiles["files"]> {
  const batch = options.context.blobs.beginBatch();
  try {
    const stored = await addFiles({ batch, files: options.files });
    await batch.commit();
    return stored;
  } finally {
    await batch.discard();
  }
}

async function addFiles(options: { batch: BlobBatch; files: readonly NewFile[] }): Promise<PreparedFiles["files"]> {
  const { batch, files } = options;
  const stored: PreparedFiles["files"] = [];
  for (let start = 0; start < files.length; start += PARALLEL_WRITES) {
    const some = files.slice(start, start + PARALLEL_WRITES);
    stored.push(...(await Promise.all(some.map(async (file) => ({ path: file.path, ...(await batch.add(file.content)) })))));
  }
  return stored;
}

/** Writes the manifest of a complete list of files. */
export async function describeFiles(options: { blobs: ManifestTarget; files: PreparedFiles["files"] }): Promise<PreparedFiles> {
  const { blobs, files } = options;
  const manifest: FileManifest = { files: Object.fromEntries(files.map(({ path, sha256, size }) => [path, { sha256, size }])) };
  const digest = await writeManifest({ blobs, manifest });
  return { files, digest, totalSize: files.reduce((sum, file) => sum + file.size, 0) };
}

/** The options as the pipeline understands them. Throws `validation_failed` that names `options.…`, or `kind`. */
export function prepareOptions(options: { context: ServiceContext; kind: PackageKind; options: Record<string, unknown> | undefined }): Prisma.InputJsonObject {
  const pipeline = options.context.pipelines.get(options.kind);
  if (pipeline === undefined) {
    throw invalidField("kind", `this installation has no pipeline for "${options.kind}". Use one of: ${options.context.pipelines.kinds().join(", ")}.`);
  }
  const given = options.options ?? {};
  const parsed = pipeline.options.safeParse(given);
  if (!parsed.success) {
    refuse(parsed.error.issues.map((issue) => ({ path: ["options", ...issue.path.map(String)].join("."), message: issue.message })));
  }
  // Kept as it was sent: defaults are the pipeline's and may change with it.
  return JSON.parse(JSON.stringify(given));
}
