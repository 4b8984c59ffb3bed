/** Writes the OpenAPI 3.1 document from the procedures, the table of the other routes, and the words about both. */
import { sessionCookieName } from "../../auth/session-cookie";
import { API_PREFIX, listRestProcedures } from "../procedure-routes";
import { HAND_WRITTEN_ROUTES } from "../routes";
import { API_TAGS } from "../routes/route";
import { describeProcedure } from "./describe-procedure";
import { describeRoute } from "./describe-route";
import type { OpenApiDocument, OpenApiOperation } from "./document";
import { OPENAPI_PATH } from "./document-path";
import { HEADERS, headerRefs, listErrorCodes, makeErrorAnswers, packageRegistryErrorSchema, problemSchema, type ErrorResponses } from "./error-answers";
import { createSchemaCollector } from "./make-schemas";

const DESCRIPTION = `Push files, follow the build, take what it made. Everything that the pages can do, scripts can do too.

Send a personal access token (settings, API tokens) as \`Authorization: Bearer slw_…\`. A browser's sign-in works as well; its writes must come from this site.
Errors are \`application/problem+json\` with a stable \`code\`. \`docs/api.md\` of the project goes through each task with curl.`;

/** Throws when two operations share an id or an address. */
export function buildDocument(): OpenApiDocument {
  const schemas = createSchemaCollector();
  const paths: OpenApiDocument["paths"] = {};
  const ids = new Set<string>();
  const put = (options: { method: string; path: string; operation: OpenApiOperation }): void => {
    const { operation } = options;
    const path = options.path.replace("...}", "}");
    const method = options.method.toLowerCase();
    const item = (paths[path] ??= {});
    if (method in item || ids.has(operation.operationId)) throw new Error(`${options.method} ${path} (${operation.operationId}) is in the API's document already.`);
    ids.add(operation.operationId);
    item[method] = operation;
  };
  schemas.add({ name: "Problem", schema: problemSchema, side: "output" });
  schemas.add({ name: "PackageRegistryError", schema: packageRegistryErrorSchema, side: "output" });
  for (const procedure of listRestProcedures()) {
    for (const { method, path, operation } of describeProcedure({ procedure, schemas })) put({ method, path: API_PREFIX + path, operation });
  }
  for (const route of HAND_WRITTEN_ROUTES) put({ method: route.method, path: route.path, operation: describeRoute({ route, schemas }) });
  put({ method: "GET", path: OPENAPI_PATH, operation: describeItself(schemas.errors) });
  return {
    openapi: "3.1.0",
    info: { title: "Slipway", version: "1", description: DESCRIPTION, license: { name: "MIT", identifier: "MIT" } },
    servers: [{ url: "/", description: "This server" }],
    tags: Object.entries(API_TAGS).map(([name, description]) => ({ name, description })),
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: schemas.finish(),
      responses: Object.fromEntries([...schemas.errors].sort(([a], [b]) => (a < b ? -1 : 1))),
      headers: HEADERS,
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "A personal access token. Scopes: `builds:read`, `builds:write` (which implies reading), `admin`." },
        cookie: { type: "apiKey", in: "cookie", name: sessionCookieName(false), description: "The browser's sign-in. Writes need an `Origin` of this site." },
      },
    },
    "x-error-codes": listErrorCodes(),
  };
}

function describeItself(shared: ErrorResponses): OpenApiOperation {
  return {
    operationId: "get_openapi",
    tags: ["Operations"],
    summary: "This document",
    description: "OpenAPI 3.1. The same for everybody, until the server is upgraded.",
    security: [{}],
    responses: { "200": { description: "The document.", headers: headerRefs(["X-Request-Id", "ETag"]), content: { "application/json": { schema: { type: "object", required: ["openapi", "paths"] }, example: { openapi: "3.1.0", paths: {} } } } }, ...makeErrorAnswers({ codes: ["internal"], limit: null, shape: "problem", shared }) },
    "x-access": "public",
    "x-limit": "none",
  };
}

