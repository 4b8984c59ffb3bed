/** The part of REST that is generated: a route for each procedure that says so. */
import { callTRPCProcedure, type AnyProcedure } from "@trpc/server";
import { z } from "zod";
import { hasScope } from "~/domain/actor";
import { AppError, invalidField } from "~/domain/errors";
import { canonicalJson, sha256Hex } from "~/domain/fingerprint";
import type { OpenApiMeta, ProcedureMeta } from "../api/openapi-meta";
import { appRouter } from "../api/root";
import { runOnce, type StoredAnswer } from "../services/idempotency/run-once";
import { sendJson, wrapSuccess } from "./answer";
import { assembleInput, describeInput, type InputShape } from "./assemble-input";
import { readJsonBody } from "./read-body";
import { presentReleaseRecord } from "./release-record";
import type { RestHandler, RestRequest } from "./rest-request";

export interface RestRoute {
  method: string;
  /** Under `/api/v1`. */
  template: string;
  handler: RestHandler;
}

interface RouteSpec {
  /** The procedure's, such as `builds.get`. */
  path: string;
  type: AnyProcedure["_def"]["type"];
  meta: OpenApiMeta;
  shape: InputShape;
}

type Presenter = (options: { rest: RestRequest; body: Record<string, unknown> }) => Promise<Record<string, unknown>>;

/** Procedures whose REST answer has more fields than their own. */
const PRESENTERS: Readonly<Record<string, Presenter>> = { "releases.get": presentReleaseRecord };

const procedureSchema = z.custom<AnyProcedure & { meta?: ProcedureMeta }>((value) => typeof value === "function" && "_def" in value);
const resultSchema = z.record(z.string(), z.unknown());
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

/** Those with fixed parts before those with open ones, so that the closest match comes first. */
export function listProcedureRoutes(): RestRoute[] {
  // The router keeps them flat, by dotted path; its type says otherwise.
  const procedures = z.record(z.string(), procedureSchema).parse(appRouter._def.procedures);
  const routes = Object.entries(procedures).flatMap(([path, procedure]) => {
    const meta = procedure.meta?.openapi;
    if (meta === undefined) return [];
    const spec: RouteSpec = { path, type: procedure._def.type, meta, shape: describeInput(procedure._def.inputs[0]) };
    return [{ method: meta.method, path: meta.path }, ...(meta.also ?? [])].map((way) => ({
      method: way.method,
      template: way.path,
      handler: (rest: RestRequest) => answer({ rest, spec }),
    }));
  });
  const openParts = (route: RestRoute): number => route.template.split("{").length;
  return routes.sort((a, b) => openParts(a) - openParts(b));
}

async function answer({ rest, spec }: { rest: RestRequest; spec: RouteSpec }): Promise<void> {
  const { url, params, request, ctx } = rest;
  const { meta, shape } = spec;
  if (spec.type === "query") {
    await send({ rest, answer: await call({ rest, spec, input: assembleInput({ meta, shape, params, query: url.searchParams, body: null }) }) });
    return;
  }
  // Told before a large body is read; the procedure decides all the rest.
  if (ctx.credentialProblem !== null) throw ctx.credentialProblem;
  if (ctx.actor === null) throw new AppError("unauthenticated", { userMessage: "Send a personal access token: Authorization: Bearer slw_… (settings, tokens)." });
  await readJsonBody({
    request,
    use: async (body) => {
      const input = assembleInput({ meta, shape, params, query: url.searchParams, body });
      await send({ rest, answer: meta.creates === true ? await callOnce({ rest, spec, input }) : await call({ rest, spec, input }) });
    },
  });
}

async function call(options: { rest: RestRequest; spec: RouteSpec; input: Record<string, unknown> }): Promise<StoredAnswer> {
  const { rest, spec, input } = options;
  const result: unknown = await callTRPCProcedure({
    router: appRouter,
    path: spec.path,
    getRawInput: () => Promise.resolve(input),
    ctx: rest.ctx,
    type: spec.type,
    signal: rest.signal,
    batchIndex: 0,
  });
  const present = PRESENTERS[spec.path];
  const own = resultSchema.parse(result);
  const body = present === undefined ? own : await present({ rest, body: own });
  return { status: spec.meta.status ?? 200, body: wrapSuccess({ body, requestId: rest.ctx.requestId, started: rest.started }) };
}

/** Honours `Idempotency-Key`. A caller who may not create at all goes straight to the procedure, which says so. */
async function callOnce(options: { rest: RestRequest; spec: RouteSpec; input: Record<string, unknown> }): Promise<StoredAnswer> {
  const { rest, spec, input } = options;
  const { actor } = rest.ctx;
  const key = rest.request.headers["idempotency-key"];
  if (key === undefined || actor === null || !hasScope(actor, "builds:write") || (actor.via === "session" && !rest.ctx.sameOrigin)) return call(options);
  if (typeof key !== "string" || !IDEMPOTENCY_KEY.test(key)) throw invalidField("Idempotency-Key", "must be 1 to 255 printable ASCII characters without blanks.");
  const once = await runOnce({
    context: rest.ctx.services,
    userId: actor.userId,
    key,
    requestHash: sha256Hex(canonicalJson({ path: spec.path, input })),
    signal: rest.signal,
    run: () => call(options),
  });
  if (once.replayed) rest.response.setHeader("Idempotency-Replayed", "true");
  return once;
}

function send({ rest, answer: { status, body } }: { rest: RestRequest; answer: StoredAnswer }): Promise<void> {
  for (const [name, value] of rest.ctx.responseHeaders) rest.response.setHeader(name, value);
  sendJson({ response: rest.response, status, body });
  return Promise.resolve();
}
