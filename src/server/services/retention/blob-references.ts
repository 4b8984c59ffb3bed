/** Which blobs something still refers to: artifacts, files of releases, lists of files, and files of builds that were made before a release's files changed. */
import { isAppError } from "~/domain/errors";
import type { ServiceContext } from "../context";
import { readManifest } from "../releases/file-manifest";

type Context = Pick<ServiceContext, "database" | "blobs">;

const REFERENCED = `
  SELECT sha FROM unnest($1::text[]) AS sha
  WHERE EXISTS (SELECT 1 FROM artifact WHERE sha256 = sha)
     OR EXISTS (SELECT 1 FROM release_file WHERE sha256 = sha)
     OR EXISTS (SELECT 1 FROM release WHERE files_digest = sha)
     OR EXISTS (SELECT 1 FROM build WHERE files_digest = sha)`;

// What a release's files were when a build of it was made that still has its content, or runs.
const FORMER_LISTS = `
  SELECT DISTINCT b.files_digest AS digest FROM build b JOIN release r ON r.id = b.release_id
  WHERE b.files_digest <> r.files_digest AND b.content_removed_at IS NULL`;

/** A finder for one sweep. Lists of files never change, so each is read once. */
export function createReferenceFinder({ context }: { context: Context }): (sha256s: readonly string[]) => Promise<Set<string>> {
  const { pool } = context.database;
  const lists = new Map<string, ReadonlySet<string>>();
  const readList = async (digest: string): Promise<ReadonlySet<string>> => {
    const known = lists.get(digest);
    if (known !== undefined) return known;
    const files = await readManifest({ blobs: context.blobs, digest })
      .then((manifest) => new Set(Object.values(manifest.files).map((file) => file.sha256)))
      .catch((error: unknown) => {
        if (isAppError(error) && error.code === "not_found") return new Set<string>();
        throw error;
      });
    lists.set(digest, files);
    return files;
  };
  return async (sha256s) => {
    if (sha256s.length === 0) return new Set();
    const { rows } = await pool.query<{ sha: string }>(REFERENCED, [sha256s]);
    const referenced = new Set(rows.map(({ sha }) => sha));
    if (referenced.size === sha256s.length) return referenced;
    // In this order: a file that a change of a release takes away is found here, if it was not found above.
    const former = await pool.query<{ digest: string }>(FORMER_LISTS);
    for (const { digest } of former.rows) {
      const files = await readList(digest);
      for (const sha256 of sha256s) if (files.has(sha256)) referenced.add(sha256);
    }
    return referenced;
  };
}
