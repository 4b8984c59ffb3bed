/** Many blobs as one zip, made while it is sent: no more than one piece of a file is held at a time. */
import { pipeline } from "node:stream/promises";
import { Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { notFound } from "~/domain/errors";
import { findBuild } from "../services/builds/find-build";
import { findRelease } from "../services/releases/find-release";
import { requireContent } from "../services/retention/require-content";
import { attachment } from "./attachment";
import type { RestRequest } from "./rest-request";

export interface ZipEntry {
  name: string;
  sha256: string;
  modified: Date;
}

/** Compressed already: again would only cost time. */
const COMPRESSED = /\.(png|jpe?g|webp|glb|zip|gz|tgz|woff2?)$/i;
/** A zip can't tell of times before 1980 or after 2099. */
const ZIP_TIME = { first: Date.UTC(1980, 0, 2), last: Date.UTC(2099, 11, 30) };

export async function downloadArtifacts(rest: RestRequest): Promise<void> {
  const context = rest.ctx.services;
  const build = await findBuild({ context, actor: rest.ctx.actor, build: { build_id: rest.params.build_id ?? "" } });
  requireContent(build);
  const rows = await context.database.db.artifact.findMany({ where: { buildId: build.id }, orderBy: { name: "asc" }, include: { build: { include: { package: true } } } });
  const first = rows[0];
  if (first === undefined) throw notFound(`An artifact of build ${build.id}`);
  const entries = rows.map((row) => ({ name: row.name, sha256: row.sha256, modified: row.createdAt }));
  await sendZip({ rest, entries, name: `${first.build.package.name}-build-${build.number}.zip` });
}

export async function downloadReleaseFiles(rest: RestRequest): Promise<void> {
  const context = rest.ctx.services;
  const release = await findRelease({ context, actor: rest.ctx.actor, release: { release_id: rest.params.release_id ?? "" } });
  const owner = await context.database.db.package.findUniqueOrThrow({ where: { id: release.packageId }, select: { name: true } });
  const rows = await context.database.db.releaseFile.findMany({ where: { releaseId: release.id }, orderBy: { path: "asc" } });
  const entries = rows.map((row) => ({ name: row.path, sha256: row.sha256, modified: release.createdAt }));
  await sendZip({ rest, entries, name: `${owner.name}-${release.version}.zip` });
}

/** Answers the entries as one attachment. */
export async function sendZip(options: { rest: RestRequest; entries: readonly ZipEntry[]; name: string }): Promise<void> {
  const { rest, entries, name } = options;
  rest.response.setHeader("Content-Type", "application/zip");
  rest.response.setHeader("Content-Disposition", attachment({ name }));
  rest.response.setHeader("Cache-Control", "private, no-cache");
  if (rest.request.method === "HEAD") {
    rest.response.end();
    return;
  }
  await pipeline(zipEntries({ rest, entries }), rest.response);
}

async function* zipEntries(options: { rest: RestRequest; entries: readonly ZipEntry[] }): AsyncGenerator<Uint8Array> {
  const made: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error !== null) throw error;
    made.push(bytes);
  });
  for (const entry of options.entries) {
    const file = COMPRESSED.test(entry.name) ? new ZipPassThrough(entry.name) : new ZipDeflate(entry.name, { level: 4 });
    file.mtime = Math.min(ZIP_TIME.last, Math.max(ZIP_TIME.first, entry.modified.getTime()));
    zip.add(file);
    for await (const chunk of await options.rest.ctx.services.blobs.stream(entry.sha256)) {
      file.push(new Uint8Array(chunk));
      yield* made.splice(0);
    }
    file.push(new Uint8Array(0), true);
    yield* made.splice(0);
  }
  zip.end();
  yield* made.splice(0);
}
