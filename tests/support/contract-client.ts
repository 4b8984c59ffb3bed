/** A typed client of the API, made from its document, that holds every answer against that document. */
import createClient, { type Middleware } from "openapi-fetch";
import type { OpenApiDocument } from "~/server/rest/openapi/document";
import type { paths } from "./generated/api-types";
import { createDocumentChecks, findMedia, listOperations, resolveResponse } from "./document-checks";

export interface ContractClient {
  api: ReturnType<typeof createClient<paths>>;
  /** `operationId status` of each answer so far. */
  answered: Set<string>;
  /** What in the answers was not as the document says. */
  problems: string[];
}

export function createContractClient(options: { url: string; token?: string; document: OpenApiDocument }): ContractClient {
  const { url, token, document } = options;
  const operations = new Map(listOperations(document).map((listed) => [`${listed.method} ${listed.path}`, listed.operation]));
  const checks = createDocumentChecks(document);
  const answered = new Set<string>();
  const problems: string[] = [];

  const check: Middleware = {
    async onResponse({ request, response, schemaPath }) {
      const name = `${request.method} ${schemaPath}`;
      const complain = (what: string): void => void problems.push(`${name} → ${response.status}: ${what}`);
      const operation = operations.get(name);
      const documented = operation?.responses[String(response.status)];
      if (operation === undefined || documented === undefined) return complain("is not in the document");
      answered.add(`${operation.operationId} ${response.status}`);
      const described = resolveResponse({ document, response: documented });
      for (const header of ["X-Request-Id", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After", "ETag", "Content-Disposition"]) {
        if (header in (described.headers ?? {}) && !response.headers.has(header)) complain(`has no ${header}`);
      }
      const contentType = response.headers.get("content-type");
      if (described.content === undefined) return;
      const media = findMedia({ response: described, contentType });
      if (media === undefined) return complain(`${contentType ?? "no type"} is not in the document`);
      const text = await response.clone().text();
      const values: unknown[] = contentType?.includes("ndjson") ? text.trimEnd().split("\n").map((line) => JSON.parse(line)) : contentType?.includes("json") ? [JSON.parse(text)] : [];
      // An artifact of JSON is somebody's file, of which nothing is said.
      if (Object.keys(media.schema ?? {}).length === 0) return;
      for (const value of values) for (const problem of checks.findProblems({ schema: media.schema ?? {}, value, closed: true })) complain(problem);
    },
  };
  const api = createClient<paths>({ baseUrl: url, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  api.use(check);
  return { api, answered, problems };
}
