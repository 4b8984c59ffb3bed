/** The part of REST that is generated: a route for each procedure that says so. */
import { callTRPCProcedure, type AnyProcedure } from "@trpc/server";
import { z } from "zod";
import { AppError } from "~/domain/errors";
import type { RateLimits } from "../api/context";
import type { Access, OpenApiMeta, ProcedureMeta } from "../api/openapi-meta";
import { appRouter } from "../api/root";
import { describeCreatedBuild } from "../services/builds/created-build";
import type { ServiceContext } from "../services/context";
import type { StoredAnswer } from "../services/idempotency/run-once";
import { answerOnce } from "./answer-once";
import { sendJson, wrapSuccess } from "./answer";
import { assembleInput, describeInput, type InputShape } from "./assemble-input";
import { readBody } from "./read-body";
import { presentReleaseRecord, presentReleaseRecords } from "./release-record";
import type { RestHandler, RestRequest } from "./rest-request";

export const API_PREFIX = "/api/v1";

export interface RestRoute {
  method: string;
  /** The whole path. */
  template: string;
  handler: RestHandler;
}

/** A procedure that has a REST side. */
export interface RestProcedure {
  /** The procedure's, such as `builds.get`. */
  path: string;
  type: AnyProcedure["_def"]["type"];
  meta: OpenApiMeta;
  access: Access;
  limit: keyof RateLimits;
  input: unknown;
  output: unknown;
}

interface RouteSpec extends RestProcedure {
  shape: InputShape;
}

type Presenter = (options: { rest: RestRequest; body: Record<string, unknown> }) => Promise<Record<string, unknown>>;

/** Procedures whose REST answer has more fields than their own. */
const PRESENTERS: Readonly<Record<string, Presenter>> = { "releases.get": presentReleaseRecord, "releases.list": presentReleaseRecords };

const procedureSchema = z.custom<AnyProcedure & { meta?: ProcedureMeta }>((value) => typeof value === "function" && "_def" in value);
const resultSchema = z.record(z.string(), z.unknown());

/** Every procedure that has a REST side. */
export function listRestProcedures(): RestProcedure[] {
  // The router keeps them flat, by dotted path; its type says otherwise.
  const procedures = z.record(z.string(), procedureSchema).parse(appRouter._def.procedures);
  return Object.entries(procedures).flatMap(([path, procedure]) => {
    const { openapi: meta, access = "public", limit } = procedure.meta ?? {};
    const { type } = procedure._def;
    if (meta === undefined) return [];
    return { path, type, meta, access, limit: limit === "build" ? "builds" : type === "mutation" ? "writes" : "reads", input: procedure._def.inputs[0], output: outputOf(procedure) };
  });
}

/** Those with fixed parts before those with open ones, so that the closest match comes first. */
export function listProcedureRoutes(): RestRoute[] {
  const routes = listRestProcedures().flatMap((procedure) => {
    const { meta } = procedure;
    const spec: RouteSpec = { ...procedure, shape: describeInput(procedure.input) };
    return [{ method: meta.method, path: meta.path }, ...(meta.also ?? [])].map((way) => ({
      method: way.method,
      template: `${API_PREFIX}${way.path}`,
      handler: (rest: RestRequest) => answer({ rest, spec }),
    }));
  });
  const openParts = (route: RestRoute): number => route.template.split("{").length;
  return routes.sort((a, b) => openParts(a) - openParts(b));
}

function outputOf(procedure: AnyProcedure): unknown {
  return "output" in procedure._def ? procedure._def.output : undefined;
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
  await readBody({
    request,
    takesArchive: meta.takesArchive === true,
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
  return wrap({ rest, spec, body });
}

function wrap({ rest, spec, body }: { rest: RestRequest; spec: RouteSpec; body: Record<string, unknown> }): StoredAnswer {
  return { status: spec.meta.status ?? 200, body: wrapSuccess({ body, requestId: rest.ctx.requestId, started: rest.started }) };
}

/** Honours `Idempotency-Key`; the answer of a build is kept in the transaction that makes it. */
function callOnce(options: { rest: RestRequest; spec: RouteSpec; input: Record<string, unknown> }): Promise<StoredAnswer> {
  const { rest, spec, input } = options;
  return answerOnce({
    rest,
    name: spec.path,
    input,
    run: (keep) => {
      if (keep === null) return call(options);
      const onBuildCreated: ServiceContext["onBuildCreated"] = ({ tx, build }) => keep({ tx, answer: wrap({ rest, spec, body: describeCreatedBuild({ build }) }) });
      return call({ ...options, rest: { ...rest, ctx: { ...rest.ctx, services: { ...rest.ctx.services, onBuildCreated } } } });
    },
  });
}

function send({ rest, answer: { status, body } }: { rest: RestRequest; answer: StoredAnswer }): Promise<void> {
  for (const [name, value] of rest.ctx.responseHeaders) rest.response.setHeader(name, value);
  sendJson({ response: rest.response, status, body });
  return Promise.resolve();
}
