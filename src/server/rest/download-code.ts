/** The source that a build generated or transpiled, as an attachment under the build's id. */
import { pipeline } from "node:stream/promises";
import { AppError } from "~/domain/errors";
import type { Artifact } from "../db/generated/client";
import { findBuild } from "../services/builds/find-build";
import { attachment } from "./attachment";
import { sendZip } from "./download-zip";
import type { RestRequest } from "./rest-request";

/** What counts as source, most telling first: a contract's Solidity as it is deployed, or as it was generated; else a package's transpiled modules. */
const SOURCES: readonly ((artifact: Artifact) => boolean)[] = [
  ({ name }) => /^final\/source\/.*\.sol$/.test(name),
  ({ name }) => /^contracts\/.*\.sol$/.test(name),
  ({ mediaType }) => /^text\/(javascript|typescript)\b/.test(mediaType),
];

/** One file as `{build_id}.<ending>`, several as `{build_id}.zip`. Throws `code_not_available`. */
export async function downloadCode(rest: RestRequest): Promise<void> {
  const { ctx, response, params } = rest;
  const context = ctx.services;
  const build = await findBuild({ context, actor: ctx.actor, build: { build_id: params.build_id ?? "" } });
  const artifacts = await context.database.db.artifact.findMany({ where: { buildId: build.id }, orderBy: { name: "asc" } });
  const found = SOURCES.map((isSource) => artifacts.filter(isSource)).find((rows) => rows.length > 0) ?? [];
  const [only] = found;
  if (only === undefined) {
    throw new AppError("code_not_available", { userMessage: `Build ${build.id} has no generated or transpiled source. Builds that stopped before they made it, and kinds that make none, have nothing here.` });
  }
  if (found.length > 1) {
    await sendZip({ rest, entries: found.map((row) => ({ name: row.name, sha256: row.sha256, modified: row.createdAt })), name: `${build.id}.zip` });
    return;
  }
  const ending = /\.[A-Za-z0-9]+$/.exec(only.name)?.[0] ?? ".txt";
  response.setHeader("Content-Type", `${ending === ".sol" ? "text/plain" : only.mediaType}; charset=utf-8`);
  response.setHeader("Content-Disposition", attachment({ name: `${build.id}${ending}` }));
  response.setHeader("Content-Length", only.size);
  response.setHeader("Cache-Control", "private, no-cache");
  if (rest.request.method === "HEAD") {
    response.end();
    return;
  }
  await pipeline(await context.blobs.stream(only.sha256), response);
}
