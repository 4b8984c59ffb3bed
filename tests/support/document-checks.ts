/** Checks values against the schemas of the API's document, with a validator that is not ours. */
import { Ajv2020, type ValidateFunction } from "ajv-2020/dist/2020.js";
import type { JsonSchema, OpenApiDocument, OpenApiMedia, OpenApiOperation, OpenApiResponse } from "~/server/rest/openapi/document";

export interface ListedOperation {
  method: string;
  path: string;
  operation: OpenApiOperation;
}

export function listOperations(document: OpenApiDocument): ListedOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })));
}

export function resolveResponse(options: { document: OpenApiDocument; response: OpenApiResponse | { $ref: string } }): OpenApiResponse {
  const { document, response } = options;
  if (!("$ref" in response)) return response;
  const found = document.components.responses[response.$ref.split("/").at(-1) ?? ""];
  if (found === undefined) throw new Error(`${response.$ref} leads nowhere.`);
  return found;
}

/** The media of an answer with this content type, or undefined. */
export function findMedia(options: { response: OpenApiResponse; contentType: string | null }): OpenApiMedia | undefined {
  const type = options.contentType?.split(";", 1)[0]?.trim() ?? "";
  return options.response.content?.[type] ?? options.response.content?.["*/*"];
}

export interface DocumentChecks {
  /** Problems of a value, in words; none when it is as the schema says. `closed`: fields that no schema names are problems. */
  findProblems(options: { schema: JsonSchema; value: unknown; closed?: boolean }): string[];
}

export function createDocumentChecks(document: OpenApiDocument): DocumentChecks {
  const compilers = { open: makeAjv(document), closed: makeAjv(close(document)) };
  const known = { open: new Map<string, ValidateFunction>(), closed: new Map<string, ValidateFunction>() };
  return {
    findProblems({ schema, value, closed = false }) {
      const side = closed ? "closed" : "open";
      const absolute = inDocument(closed ? close(schema) : schema);
      const key = JSON.stringify(absolute);
      const validate = known[side].get(key) ?? compilers[side].compile(absolute);
      known[side].set(key, validate);
      if (validate(value)) return [];
      return (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath || "/"} ${message ?? ""} ${JSON.stringify(params)}`);
    },
  };
}

const ID = "http://document.test/openapi.json";

function makeAjv(document: OpenApiDocument): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addFormat("date-time", (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) && !Number.isNaN(Date.parse(text)));
  for (const format of ["date", "base64", "binary", "email", "uri"]) ajv.addFormat(format, true);
  ajv.addSchema({ $id: ID, components: document.components });
  return ajv;
}

/** `#/components/…` as an address that leads into the document from anywhere. */
function inDocument<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (key: string, item: unknown) => (key === "$ref" && typeof item === "string" && item.startsWith("#") ? ID + item : item));
}

/** Every object of a schema takes only the fields it names, so that an answer's field nobody described is found. */
function close<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_key, item: unknown) => {
    if (item === null || typeof item !== "object" || !("properties" in item) || "additionalProperties" in item || "patternProperties" in item) return item;
    // The one that narrows a problem's code stands beside the whole schema.
    return "type" in item && "required" in item ? { ...item, additionalProperties: false } : item;
  });
}
