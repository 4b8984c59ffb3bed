/** A schema's fields as rows of a table: names, types in words, and what they mean. */
import type { JsonSchema, OpenApiDocument } from "~/server/rest/openapi/document";

export interface FieldRow {
  name: string;
  type: string;
  required: boolean;
  description: string;
}

type Schemas = OpenApiDocument["components"]["schemas"];

/** Forms that a body may have: several for one that takes either of them. */
export function listForms({ schema, schemas }: { schema: JsonSchema; schemas: Schemas }): FieldRow[][] {
  const found = follow({ schema, schemas });
  const forms = found.anyOf ?? found.oneOf ?? [found];
  return forms.map((form) => listFields({ schema: form, schemas })).filter((rows) => rows.length > 0);
}

export function listFields({ schema, schemas }: { schema: JsonSchema; schemas: Schemas }): FieldRow[] {
  const { properties = {}, required = [] } = follow({ schema, schemas });
  return Object.entries(properties).map(([name, field]) => ({ name, type: nameType({ schema: field, schemas }), required: required.includes(name), description: field.description ?? "" }));
}

/** `text`, `whole number`, `list of LogLine`, `"stale" | "all"`. */
export function nameType({ schema, schemas }: { schema: JsonSchema; schemas: Schemas }): string {
  if (schema.$ref !== undefined) {
    const { enum: words } = follow({ schema, schemas });
    return words === undefined ? lastPart(schema.$ref) : listWords(words);
  }
  if (schema.enum !== undefined) return listWords(schema.enum);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const several = schema.anyOf ?? schema.oneOf;
  if (several !== undefined) return [...new Set(several.map((one) => nameType({ schema: one, schemas })))].join(" or ");
  if (schema.type === "array") return `list of ${schema.items === undefined ? "anything" : nameType({ schema: schema.items, schemas })}`;
  if (schema.format === "date-time") return "time";
  if (schema.format === "binary") return "file";
  const words: Record<string, string> = { string: "text", integer: "whole number", number: "number", boolean: "true or false", object: "object", null: "null" };
  return typeof schema.type === "string" ? (words[schema.type] ?? schema.type) : "anything";
}

function follow({ schema, schemas }: { schema: JsonSchema; schemas: Schemas }): JsonSchema {
  return schema.$ref === undefined ? schema : (schemas[lastPart(schema.$ref)] ?? {});
}

function lastPart(reference: string): string {
  return reference.split("/").at(-1) ?? reference;
}

function listWords(words: readonly unknown[]): string {
  return words.map((word) => JSON.stringify(word)).join(" | ");
}
