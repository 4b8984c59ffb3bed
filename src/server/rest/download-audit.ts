/** The security audit's report of a build: its artifact `audit.json`, in the envelope of every answer. */
import { z } from "zod";
import { AppError } from "~/domain/errors";
import { findBuild } from "../services/builds/find-build";
import { sendJson, wrapSuccess } from "./answer";
import type { RestRequest } from "./rest-request";

/** A larger report is not put into an answer; it can be downloaded like every artifact. */
const LARGEST_BYTES = 8 * 1024 * 1024;

const reportSchema = z.record(z.string(), z.unknown());

/** Throws `audit_not_available`. */
export async function downloadAudit(rest: RestRequest): Promise<void> {
  const { ctx, response, params, started } = rest;
  const context = ctx.services;
  const build = await findBuild({ context, actor: ctx.actor, build: { build_id: params.build_id ?? "" } });
  const named = await context.database.db.artifact.findMany({ where: { buildId: build.id, OR: [{ name: "audit.json" }, { name: { endsWith: "/audit.json" } }] }, orderBy: { name: "asc" }, take: 1 });
  const artifact = named[0];
  if (artifact === undefined) {
    throw new AppError("audit_not_available", { userMessage: `Build ${build.id} has no audit report. Only kinds with an audit make one, once that stage is successful.` });
  }
  if (artifact.size > LARGEST_BYTES) {
    throw new AppError("audit_not_available", { userMessage: `The audit report is too large for an answer. Download the artifact ${artifact.name}.` });
  }
  const report: unknown = JSON.parse(new TextDecoder().decode(await context.blobs.get(artifact.sha256)));
  const own = reportSchema.safeParse(report);
  const body = { ...(own.success ? own.data : { report }), success: true, build_id: build.id };
  sendJson({ response, status: 200, body: wrapSuccess({ body, requestId: ctx.requestId, started }) });
}
