/** One artifact, as a whole or a range of it. */
import { pipeline } from "node:stream/promises";
import { AppError, notFound } from "~/domain/errors";
import { findBuild } from "../services/builds/find-build";
import { requireContent } from "../services/retention/require-content";
import { attachment } from "./attachment";
import { parseRange } from "./parse-range";
import type { RestRequest } from "./rest-request";

/** Shown by the browser; all else is saved. */
const SHOWN = /^(image\/|text\/|application\/json$|application\/pdf$|model\/)/;

/**
 * Artifacts are made by strangers' code and served from our own address: the sandbox policy takes every right away from
 * an SVG or HTML file that is opened as a page, and nosniff keeps the rest what it says it is.
 */
const HOSTILE_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

export async function downloadArtifact(rest: RestRequest): Promise<void> {
  const { request, response, ctx, params, url } = rest;
  const context = ctx.services;
  const build = await findBuild({ context, actor: ctx.actor, build: { build_id: params.build_id ?? "" } });
  requireContent(build);
  const name = params.name ?? "";
  const artifact = await context.database.db.artifact.findUnique({ where: { buildId_name: { buildId: build.id, name } } });
  if (artifact === null) throw notFound(`Artifact ${name}`);

  const etag = `"${artifact.sha256}"`;
  const save = url.searchParams.has("download") || !SHOWN.test(artifact.mediaType);
  response.setHeader("ETag", etag);
  response.setHeader("Accept-Ranges", "bytes");
  // The same name may get other bytes while the build runs, so it is asked for again each time: mostly a 304.
  response.setHeader("Cache-Control", "private, no-cache");
  response.setHeader("Content-Security-Policy", HOSTILE_POLICY);
  response.setHeader("X-Frame-Options", "SAMEORIGIN");
  response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  if (matchesEtag(request.headers["if-none-match"], etag)) {
    response.writeHead(304).end();
    return;
  }
  response.setHeader("Content-Type", withCharset(artifact.mediaType));
  response.setHeader("Content-Disposition", attachment({ name: name.split("/").at(-1) ?? name, inline: !save }));

  const ifRange = request.headers["if-range"];
  // Of a HEAD there is no part: the standard defines ranges for GET alone.
  const range = request.method === "GET" && (ifRange === undefined || ifRange === etag) ? parseRange({ header: request.headers.range, size: artifact.size }) : null;
  if (range === "unsatisfiable") {
    response.setHeader("Content-Range", `bytes */${artifact.size}`);
    throw new AppError("range_not_satisfiable", { userMessage: `The range lies outside of the artifact, which has ${artifact.size} bytes.` });
  }
  if (range !== null) response.setHeader("Content-Range", `bytes ${range.start}-${range.end}/${artifact.size}`);
  response.setHeader("Content-Length", range === null ? artifact.size : range.end - range.start + 1);
  response.statusCode = range === null ? 200 : 206;
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  await pipeline(await context.blobs.stream(artifact.sha256, range ?? undefined), response);
}

export function matchesEtag(header: string | undefined, etag: string): boolean {
  return header !== undefined && header.split(",").some((item) => item.trim() === "*" || item.trim().replace(/^W\//, "") === etag);
}

function withCharset(mediaType: string): string {
  return /^text\/|^application\/json$/.test(mediaType) && !mediaType.includes("charset") ? `${mediaType}; charset=utf-8` : mediaType;
}
