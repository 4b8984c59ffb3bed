/** Checks what a release is made from and stores its files, before any row is written. */
import type { FileInput } from "../../api/schemas/packages";
import type { PackageKind, Prisma } from "../../db/generated/client";
import { invalidField } from "~/domain/errors";
import type { ServiceContext } from "../context";
import { writeManifest, type FileManifest } from "./file-manifest";
import { checkTotals, decodeFiles, refuse, type NewFile } from "./validate-files";

const PARALLEL_WRITES = 16;

export interface PreparedFiles {
  files: { path: string; sha256: string; size: number }[];
  digest: string;
  totalSize: number;
}

/** Throws `validation_failed` or `payload_too_large`, each naming `files.N.…`. */
export async function prepareFiles(options: { context: ServiceContext; files: readonly FileInput[] }): Promise<PreparedFiles> {
  const decoded = decodeFiles({ files: options.files, field: "files" });
  checkTotals({ sizes: decoded.map((file) => file.content.byteLength), field: "files" });
  const stored = await storeFiles({ context: options.context, files: decoded });
  return describeFiles({ context: options.context, files: stored });
}

/** Puts the bytes into the blob store, a few at a time. */
export async function storeFiles(options: { context: ServiceContext; files: readonly NewFile[] }): Promise<PreparedFiles["files"]> {
  const { context, files } = options;
  const stored: PreparedFiles["files"] = [];
  for (let start = 0; start < files.length; start += PARALLEL_WRITES) {
    const batch = files.slice(start, start + PARALLEL_WRITES);
    stored.push(...(await Promise.all(batch.map(async (file) => ({ path: file.path, ...(await context.blobs.put(file.content)) })))));
  }
  return stored;
}

/** Writes the manifest of a complete list of files. */
export async function describeFiles(options: { context: ServiceContext; files: PreparedFiles["files"] }): Promise<PreparedFiles> {
  const { context, files } = options;
  const manifest: FileManifest = { files: Object.fromEntries(files.map(({ path, sha256, size }) => [path, { sha256, size }])) };
  const digest = await writeManifest({ blobs: context.blobs, manifest });
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
