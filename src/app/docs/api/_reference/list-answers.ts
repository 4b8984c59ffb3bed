/** An operation's answers for reading: successes with their examples, errors by code. */
import type { JsonSchema, OpenApiDocument, OpenApiOperation } from "~/server/rest/openapi/document";

export interface SuccessAnswer {
  status: string;
  description: string;
  type: string;
  /** Null: bytes, or no body. */
  example: string | null;
  schema: JsonSchema | undefined;
}

export function listAnswers({ operation, document }: { operation: OpenApiOperation; document: OpenApiDocument }): { successes: SuccessAnswer[]; codes: { status: string; code: string }[] } {
  const successes: SuccessAnswer[] = [];
  const codes: { status: string; code: string }[] = [];
  for (const [status, response] of Object.entries(operation.responses)) {
    const found = "$ref" in response ? document.components.responses[response.$ref.split("/").at(-1) ?? ""] : response;
    if (found === undefined) continue;
    const media = Object.entries(found.content ?? { "": {} });
    if ("$ref" in response) for (const [, { examples = {} }] of media) codes.push(...Object.keys(examples).map((code) => ({ status, code })));
    else successes.push(...media.map(([type, { example, schema }]) => ({ status, type, description: found.description, example: show(example), schema })));
  }
  return { successes, codes };
}

function show(example: unknown): string | null {
  if (example === undefined) return null;
  return typeof example === "string" ? example : JSON.stringify(example, null, 2);
}
