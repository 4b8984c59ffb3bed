/** One file of a release, as text where it is one. */
import type { Actor } from "~/domain/actor";
import { notFound } from "~/domain/errors";
import type { ServiceContext } from "../context";
import { findRelease } from "./find-release";

const TEXT_LIMIT = 2 * 1024 * 1024;

/** `content` is null for what is not UTF-8 text, or larger than 2 MB. Throws `not_found` for the release or the file. */
export async function readReleaseFile(options: {
  context: ServiceContext;
  actor: Actor | null;
  releaseId: string;
  path: string;
}): Promise<{ path: string; size: number; content: string | null }> {
  const { context, path } = options;
  const release = await findRelease({ context, actor: options.actor, release: { release_id: options.releaseId } });
  const file = await context.database.db.releaseFile.findUnique({ where: { releaseId_path: { releaseId: release.id, path } } });
  if (file === null) throw notFound(`File ${path}`);
  const content = file.size > TEXT_LIMIT ? null : decodeText(await context.blobs.get(file.sha256));
  return { path, size: file.size, content };
}

function decodeText(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
