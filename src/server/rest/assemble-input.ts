/** Puts a procedure's input together from the path, the query and the body. */
import { z } from "zod";
import { AppError } from "~/domain/errors";
import type { OpenApiMeta } from "../api/openapi-meta";

/** What a field takes, as far as a query's text must be turned into it. */
type FieldType = "number" | "boolean" | "array" | "other";

export interface InputShape {
  fields: ReadonlyMap<string, FieldType>;
}

const jsonSchema = z.object({
  type: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
});

/** Reads a zod schema once, at start. */
export function describeInput(schema: unknown): InputShape {
  const fields = new Map<string, FieldType>();
  if (schema instanceof z.ZodType) collect(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }), fields);
  return { fields };
}

function collect(schema: unknown, fields: Map<string, FieldType>): void {
  const parsed = jsonSchema.safeParse(schema);
  if (!parsed.success) return;
  for (const [name, field] of Object.entries(parsed.data.properties ?? {})) fields.set(name, typeOf(field));
  for (const branch of parsed.data.anyOf ?? []) collect(branch, fields);
}

function typeOf(schema: unknown): FieldType {
  const parsed = jsonSchema.safeParse(schema);
  if (!parsed.success) return "other";
  const { type, anyOf = [] } = parsed.data;
  if (type === "number" || type === "integer") return "number";
  if (type === "boolean" || type === "array") return type;
  return anyOf.map(typeOf).find((found) => found !== "other") ?? "other";
}

export interface AssembleOptions {
  meta: OpenApiMeta;
  shape: InputShape;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** Null for methods without one. */
  body: Record<string, unknown> | null;
}

/** Throws `validation_failed` for a body field that the path decides. */
export function assembleInput({ meta, shape, params, query, body }: AssembleOptions): Record<string, unknown> {
  const fromPath: Record<string, unknown> = {};
  const joined = new Set(Object.values(meta.join ?? {}).flat());
  for (const [name, value] of Object.entries(params)) {
    if (!joined.has(name)) fromPath[name] = shape.fields.get(name) === "number" ? toNumber(value) : value;
  }
  for (const [field, names] of Object.entries(meta.join ?? {})) fromPath[field] = names.map((name) => params[name]).join("/");
  if (body === null) return { ...readQuery({ query, shape }), ...fromPath };
  const clash = Object.keys(body).find((name) => Object.hasOwn(fromPath, name));
  if (clash !== undefined) {
    const message = "is part of the address. Leave it out of the body.";
    throw new AppError("validation_failed", { userMessage: `${clash} ${message}`, fields: [{ path: clash, message }] });
  }
  return { ...body, ...fromPath };
}

/** `label.<key>=v` becomes `label: {<key>: v}`; a repeated field becomes a list where one is taken. */
function readQuery({ query, shape }: { query: URLSearchParams; shape: InputShape }): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  const labels: Record<string, string> = {};
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    const last = values.at(-1) ?? "";
    if (name.startsWith("label.") && shape.fields.has("label")) {
      labels[name.slice("label.".length)] = last;
      continue;
    }
    const type = shape.fields.get(name) ?? "other";
    if (type === "array") input[name] = values;
    else if (type === "number") input[name] = toNumber(last);
    else if (type === "boolean") input[name] = last === "true" || last === "1" ? true : last === "false" || last === "0" ? false : last;
    else input[name] = last;
  }
  if (Object.keys(labels).length > 0) input.label = labels;
  return input;
}

/** The text itself when it is no number: the schema then says what it must be. */
function toNumber(text: string): number | string {
  return /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text;
}
