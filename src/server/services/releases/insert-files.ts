/** Writes a release's list of files, and keeps the list of blobs that rows point at. */
import type { Tx } from "../../db/client";

export interface InsertFilesOptions {
  tx: Tx;
  releaseId: string;
  files: readonly { path: string; sha256: string; size: number }[];
}

/** As columns: thousands of rows with a parameter for each value took the process longer to write than the database. */
export async function insertFiles({ tx, releaseId, files }: InsertFilesOptions): Promise<void> {
  if (files.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO release_file (release_id, path, sha256, size)
    SELECT ${releaseId}, f.path, f.sha256, f.size
    FROM unnest(${files.map(({ path }) => path)}::text[], ${files.map(({ sha256 }) => sha256)}::text[], ${files.map(({ size }) => size)}::int[]) AS f (path, sha256, size)`;
  const sizes = new Map(files.map(({ sha256, size }) => [sha256, size]));
  // Sorted: two transactions that add the same blobs take their locks in one order.
  const blobs = [...sizes].sort(([a], [b]) => (a < b ? -1 : 1));
  await tx.$executeRaw`
    INSERT INTO blob (sha256, size)
    SELECT b.sha256, b.size FROM unnest(${blobs.map(([sha256]) => sha256)}::text[], ${blobs.map(([, size]) => size)}::int[]) WITH ORDINALITY AS b (sha256, size, position)
    ORDER BY b.position
    ON CONFLICT DO NOTHING`;
}
