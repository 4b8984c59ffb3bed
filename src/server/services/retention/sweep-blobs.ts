/** Removes blobs that nothing refers to. See `storage/disk-sweep.ts` for why a push at the same moment loses nothing. */
import type { StoredBlob } from "../../storage/blob-store";
import type { ServiceContext } from "../context";
import { createReferenceFinder } from "./blob-references";

type Context = Pick<ServiceContext, "database" | "blobs" | "limits">;

export interface SweptBlobs {
  blobs: number;
  bytes: number;
}

const BATCH = 500;

export async function sweepBlobs(options: { context: Context; now: number }): Promise<SweptBlobs> {
  const { context } = options;
  const { db } = context.database;
  const swept: SweptBlobs = { blobs: 0, bytes: 0 };
  const since = sinceOf(options);
  const findReferenced = createReferenceFinder({ context });
  await context.blobs.clearLeftovers({ since });
  for await (const blobs of listUnreferenced(options)) {
    const removed = await context.blobs.removeUnused({ blobs, since, findReferenced });
    await db.$executeRaw`
      DELETE FROM blob b WHERE b.sha256 = ANY(${removed.map(({ sha256 }) => sha256)})
        AND NOT EXISTS (SELECT 1 FROM artifact a WHERE a.sha256 = b.sha256) AND NOT EXISTS (SELECT 1 FROM release_file f WHERE f.sha256 = b.sha256)`;
    add(swept, removed);
  }
  return swept;
}

/** What `sweepBlobs` would remove now; touches nothing. */
export async function measureUnreferenced(options: { context: Context; now: number }): Promise<SweptBlobs> {
  const found: SweptBlobs = { blobs: 0, bytes: 0 };
  for await (const blobs of listUnreferenced(options)) add(found, blobs);
  return found;
}

async function* listUnreferenced(options: { context: Context; now: number }): AsyncGenerator<StoredBlob[]> {
  const { context } = options;
  const findReferenced = createReferenceFinder({ context });
  let batch: StoredBlob[] = [];
  const keepUnreferenced = async (): Promise<StoredBlob[]> => {
    const referenced = await findReferenced(batch.map(({ sha256 }) => sha256));
    return batch.filter(({ sha256 }) => !referenced.has(sha256));
  };
  for await (const blob of context.blobs.listUnused({ since: sinceOf(options) })) {
    batch.push(blob);
    if (batch.length < BATCH) continue;
    const unreferenced = await keepUnreferenced();
    if (unreferenced.length > 0) yield unreferenced;
    batch = [];
  }
  const unreferenced = await keepUnreferenced();
  if (unreferenced.length > 0) yield unreferenced;
}

function sinceOf({ context, now }: { context: Context; now: number }): Date {
  return new Date(now - context.limits.blobGraceHours * 3600_000);
}

function add(total: SweptBlobs, blobs: readonly StoredBlob[]): void {
  total.blobs += blobs.length;
  total.bytes += blobs.reduce((sum, { size }) => sum + size, 0);
}
