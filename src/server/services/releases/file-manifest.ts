/** The list of a release's files as one blob, so that a build keeps the files it was made from when the release moves on. */
import { z } from "zod";
import { canonicalJson } from "~/domain/fingerprint";
import type { BlobStore } from "../../storage/blob-store";

const manifestSchema = z.object({
  files: z.record(z.string(), z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), size: z.number().int().nonnegative() })),
});
export type FileManifest = z.infer<typeof manifestSchema>;

/** Where a manifest is put: the store, or a batch of it. */
export interface ManifestTarget {
  put(content: Uint8Array): Promise<{ sha256: string }>;
}

/** Stores the manifest; equal file lists give the same digest. */
export async function writeManifest(options: { blobs: ManifestTarget; manifest: FileManifest }): Promise<string> {
  const stored = await options.blobs.put(Buffer.from(canonicalJson(options.manifest)));
  return stored.sha256;
}

export async function readManifest(options: { blobs: BlobStore; digest: string }): Promise<FileManifest> {
  const bytes = await options.blobs.get(options.digest);
  return manifestSchema.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
}
