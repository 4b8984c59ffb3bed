/**
 * Removes blobs that nobody uses, while others store and read.
 *
 * Why nothing is lost: whoever is about to refer to a blob first stores or keeps it, which sets its time. A sweep takes a
 * blob out of sight (one rename), and only then looks at its time and at the references. Stored or kept before the rename:
 * its time is fresh, so it is put back. After the rename: it is not there, so it is stored anew. So a blob goes only if for
 * a whole grace nobody stored or kept it, and nobody refers to it at the end of that; a writer that commits its reference
 * within the grace is safe. A sweep that dies leaves blobs out of sight; the next one puts them back first.
 */
import { mkdir, opendir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import type { StoredBlob } from "./blob-store";

const ADDRESS = /^[0-9a-f]{64}$/;
const SHELF = /^[0-9a-f]{2}$/;

export interface DiskSweepOptions {
  root: string;
  /** What is being written; old leftovers go too. */
  incoming: string;
  locate(sha256: string): string;
}

export interface DiskSweep {
  clearLeftovers(options: { since: Date }): Promise<void>;
  listUnused(options: { since: Date }): AsyncGenerator<StoredBlob>;
  removeUnused(options: { blobs: readonly StoredBlob[]; since: Date; findReferenced: (sha256s: readonly string[]) => Promise<ReadonlySet<string>> }): Promise<StoredBlob[]>;
}

export function createDiskSweep({ root, incoming, locate }: DiskSweepOptions): DiskSweep {
  const removing = path.join(root, "removing");
  const asideOf = (sha256: string): string => path.join(removing, sha256);

  /** Also counts as use: somebody came back for it. */
  const putBack = async (sha256: string): Promise<void> => {
    const now = new Date();
    const isThere = await utimes(asideOf(sha256), now, now).then(() => true, isMissing);
    if (!isThere) return;
    await mkdir(path.dirname(locate(sha256)), { recursive: true, mode: 0o700 });
    await rename(asideOf(sha256), locate(sha256)).catch(isMissing);
  };

  return {
    async clearLeftovers({ since }) {
      await mkdir(removing, { recursive: true, mode: 0o700 });
      for (const name of await readdir(removing)) if (ADDRESS.test(name)) await putBack(name);
      for (const name of await readdir(incoming)) {
        const file = path.join(incoming, name);
        const left = await timeOf(file);
        if (left !== null && left.usedAt < since) await rm(file, { force: true });
      }
    },
    async *listUnused({ since }) {
      for (const shelf of (await readdir(root)).filter((name) => SHELF.test(name)).sort()) {
        for await (const entry of await opendir(path.join(root, shelf))) {
          const sha256 = `${shelf}${entry.name}`;
          if (!ADDRESS.test(sha256)) continue;
          const found = await timeOf(locate(sha256));
          if (found !== null && found.usedAt < since) yield { sha256, size: found.size };
        }
      }
    },
    async removeUnused({ blobs, since, findReferenced }) {
      await mkdir(removing, { recursive: true, mode: 0o700 });
      const aside: StoredBlob[] = [];
      for (const blob of blobs) {
        const taken = await rename(locate(blob.sha256), asideOf(blob.sha256)).then(() => true, isMissing);
        if (!taken) continue;
        const found = await timeOf(asideOf(blob.sha256));
        if (found !== null && found.usedAt < since) aside.push(blob);
        else await putBack(blob.sha256);
      }
      const referenced = await findReferenced(aside.map(({ sha256 }) => sha256)).catch(async (error: unknown) => {
        for (const { sha256 } of aside) await putBack(sha256);
        throw error;
      });
      for (const { sha256 } of aside) {
        if (referenced.has(sha256)) await putBack(sha256);
        else await rm(asideOf(sha256), { force: true });
      }
      return aside.filter(({ sha256 }) => !referenced.has(sha256));
    },
  };
}

async function timeOf(file: string): Promise<{ usedAt: Date; size: number } | null> {
  const found = await stat(file).catch((error: unknown) => {
    isMissing(error);
    return null;
  });
  return found === null ? null : { usedAt: found.mtime, size: found.size };
}

/** False for a file that is not there; throws any other error. */
function isMissing(error: unknown): false {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
  throw error;
}
