/** The raw log of a build or of one stage, escape sequences kept. */
import { pipeline } from "node:stream/promises";
import { refuseOddInput } from "../api/refuse-odd-input";
import { findBuild } from "../services/builds/find-build";
import { streamLogChunks } from "../services/builds/read-log-lines";
import { requireContent } from "../services/retention/require-content";
import { attachment } from "./attachment";
import { preferType } from "./prefer-type";
import type { RestRequest } from "./rest-request";

/** True when the caller would rather have text than JSON. */
export function wantsText(rest: RestRequest): boolean {
  return preferType({ accept: rest.request.headers.accept, offered: ["application/json", "text/plain"] }) === "text/plain";
}

export async function downloadLog(rest: RestRequest): Promise<void> {
  const { ctx, response, url } = rest;
  const context = ctx.services;
  const build = await findBuild({ context, actor: ctx.actor, build: { build_id: rest.params.build_id ?? "" } });
  requireContent(build);
  const stage = url.searchParams.get("stage") ?? undefined;
  refuseOddInput({ stage });
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.setHeader("Content-Disposition", attachment({ name: `build-${build.number}${stage === undefined ? "" : `-${stage}`}.log`, inline: !url.searchParams.has("download") }));
  response.setHeader("Cache-Control", "no-store");
  if (rest.request.method === "HEAD") {
    response.end();
    return;
  }
  const chunks = streamLogChunks({ context, buildId: build.id, stage, afterLine: 0, fromStageLine: 1 });
  await pipeline(async function* () {
    for await (const chunk of chunks) yield `${chunk.body}\n`;
  }, response);
}
