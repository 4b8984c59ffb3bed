/** A hand-written route as an operation of the document. */
import type { ErrorCode } from "~/domain/errors";
import { HANDLE_PATTERN, PACKAGE_NAME_PATTERN } from "~/domain/names";
import type { Access } from "../../api/openapi-meta";
import type { ContentDocument, HandWrittenRoute, ParameterDocument } from "../routes/route";
import type { JsonSchema, OpenApiMedia, OpenApiOperation, OpenApiParameter } from "./document";
import { commonHeaders, headerRefs, makeErrorAnswers } from "./error-answers";
import { PARAMETER_EXAMPLES } from "./examples";
import { FIELD_WORDS } from "./field-words";
import { toJsonSchema, type SchemaCollector } from "./make-schemas";

export function describeRoute({ route, schemas }: { route: HandWrittenRoute; schemas: SchemaCollector }): OpenApiOperation {
  const { method, path, document } = route;
  const name = pascal(document.operationId);
  const parameters = [...pathParameters(path), ...(document.parameters ?? []).map(describeParameter)];
  const isProbe = document.errorShape === "probe";
  const codes = [...(isProbe ? [] : usualCodes({ access: document.access, changes: method !== "GET", hasBody: document.body !== undefined, hasPath: path.includes("{") })), ...(document.errors ?? [])];
  const several = document.answers.filter(({ content }) => content !== undefined).length > 1;
  return {
    operationId: document.operationId,
    tags: [document.tag],
    summary: document.summary,
    description: document.description,
    security: securityOf(document.access),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(document.body === undefined
      ? {}
      : { requestBody: { required: document.body.required ?? true, ...(document.body.description === undefined ? {} : { description: document.body.description }), content: describeContent({ content: document.body.content, name: `${name}Body`, side: "input", schemas }) } }),
    responses: {
      ...Object.fromEntries(
        document.answers.map(({ status, description, content, headers = [] }) => [
          String(status),
          {
            description,
            headers: headerRefs([...commonHeaders(document.limit), ...headers]),
            ...(content === undefined ? {} : { content: describeContent({ content, name: `${name}Answer${several ? status : ""}`, side: "output", schemas }) }),
          },
        ]),
      ),
      ...makeErrorAnswers({ codes, limit: document.limit, shape: isProbe ? "problem" : document.errorShape, shared: schemas.errors }),
    },
    "x-access": document.access,
    "x-limit": document.limit ?? "none",
  };
}

/** What every operation of its sort may answer. */
export function usualCodes(options: { access: Access; changes: boolean; hasBody: boolean; hasPath: boolean }): ErrorCode[] {
  const { access, changes, hasBody, hasPath } = options;
  return [
    "unauthenticated",
    ...(changes || (access !== "public" && access !== "signed_in") ? (["forbidden"] as const) : []),
    ...(hasPath ? (["bad_request", "not_found"] as const) : []),
    ...(hasBody ? (["bad_request", "payload_too_large", "unsupported_media_type", "validation_failed"] as const) : []),
    "too_many_requests",
    "internal",
    "not_available",
  ];
}

export function securityOf(access: Access): Record<string, string[]>[] {
  if (access === "public") return [{}, { bearer: [] }, { cookie: [] }];
  if (access === "session") return [{ cookie: [] }];
  return [{ bearer: access === "signed_in" ? [] : [access] }, { cookie: [] }];
}

/** What the parts of a path may be; what breaks these rules answers 422. */
const PATH_RULES: Readonly<Record<string, JsonSchema>> = {
  owner: { pattern: HANDLE_PATTERN.source },
  workspace: { pattern: HANDLE_PATTERN.source },
  name: { pattern: PACKAGE_NAME_PATTERN.source },
  build_id: { minLength: 1, maxLength: 60 },
  release_id: { minLength: 1, maxLength: 60 },
};

export function pathParameters(path: string): OpenApiParameter[] {
  return [...path.matchAll(/\{(\w+)(\.\.\.)?\}/g)].map(([, name = "", rest]) => ({
    name,
    in: "path",
    required: true,
    description: rest === undefined ? (FIELD_WORDS[name] ?? name) : "The artifact's name; its slashes are part of the path.",
    schema: { type: "string", ...(rest === undefined ? PATH_RULES[name] : { minLength: 1 }) },
    example: rest === undefined ? PARAMETER_EXAMPLES[name] : "boards/index/pcb.svg",
  }));
}

export function describeParameter(parameter: ParameterDocument): OpenApiParameter {
  const { schema, ...kept } = parameter;
  return { ...kept, schema: toJsonSchema(schema) };
}

export function describeContent(options: { content: Readonly<Record<string, ContentDocument>>; name: string; side: "input" | "output"; schemas: SchemaCollector }): Record<string, OpenApiMedia> {
  const { content, name, side, schemas } = options;
  return Object.fromEntries(
    Object.entries(content).map(([type, { schema, example }]): [string, OpenApiMedia] => {
      if (schema === undefined) return [type, { schema: {}, ...(example === undefined ? {} : { example }) }];
      const isJson = type.endsWith("json");
      return [type, { schema: isJson ? schemas.add({ name, schema, side }) : toJsonSchema(schema), ...(example === undefined ? {} : { example }) }];
    }),
  );
}

/** `get_build` → `GetBuild`. */
export function pascal(operationId: string): string {
  return operationId.replace(/(?:^|_)(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
