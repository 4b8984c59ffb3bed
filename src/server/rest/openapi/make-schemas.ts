/** Our zod schemas as the document's component schemas, shared ones by reference. */
import { z } from "zod";
import type { JsonSchema, OpenApiResponse } from "./document";
import { FIELD_WORDS } from "./field-words";
import { SHARED_SCHEMAS } from "./shared-schemas";

/** Marks a field that only code of ours can fill, such as the files of an upload: nobody sends it as JSON. */
const INTERNAL = "x-internal";
const REF = "#/components/schemas/";

const jsonSchema: z.ZodType<JsonSchema> = z.record(z.string(), z.unknown());

/** Collects what operations use, then turns all of it into JSON Schema at once. */
export function createSchemaCollector() {
  const sides = { input: z.registry<{ id: string }>(), output: z.registry<{ id: string }>() };
  const names = new Set<string>();
  for (const [id, schema] of Object.entries(SHARED_SCHEMAS)) {
    sides.input.add(schema, { id });
    sides.output.add(schema, { id });
  }

  return {
    /** Responses that operations share. */
    errors: new Map<string, OpenApiResponse>(),
    /** Takes a schema under a name of its own and answers a reference to it. `side`: as it is sent, or as it is answered. */
    add(options: { name: string; schema: z.ZodType; side: "input" | "output" }): JsonSchema {
      const { name, schema, side } = options;
      const known = sides[side].get(schema);
      if (known !== undefined) return { $ref: REF + known.id };
      if (names.has(name)) throw new Error(`Two schemas of the document are called ${name}.`);
      names.add(name);
      sides[side].add(schema, { id: name });
      return { $ref: REF + name };
    },
    /** Every schema, sorted by name. */
    finish(): Record<string, JsonSchema> {
      const all = new Map<string, JsonSchema>();
      // A shared schema reads the same from both sides; the request's says what is strict.
      for (const side of ["output", "input"] as const) {
        const override = ({ jsonSchema: made, zodSchema }: { jsonSchema: Record<string, unknown>; zodSchema: z.core.$ZodTypes }): void => {
          if (zodSchema._zod.def.type === "custom") made[INTERNAL] = true;
          // A new field of an answer is no break, so answers stay open; requests that say `false` mean it.
          if (side === "output" && made.additionalProperties === false) delete made.additionalProperties;
        };
        const { schemas } = z.toJSONSchema(sides[side], { io: side, unrepresentable: "any", uri: (id) => REF + id, override });
        for (const [name, schema] of Object.entries(schemas)) all.set(name, tidy(jsonSchema.parse(schema)));
      }
      return Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
    },
  };
}

/** One schema by itself, for a parameter. */
export function toJsonSchema(schema: z.ZodType): JsonSchema {
  return tidy(jsonSchema.parse(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" })));
}

/** Drops what only makes a document long, and says what fields mean. */
export function tidy(schema: JsonSchema): JsonSchema {
  const { $schema: _draft, $id: _id, ...kept } = schema;
  if (kept.format === "date-time" || kept.format === "date" || kept.format === "base64") delete kept.pattern;
  if (kept.minimum === Number.MIN_SAFE_INTEGER) delete kept.minimum;
  if (kept.maximum === Number.MAX_SAFE_INTEGER) delete kept.maximum;
  if (kept.properties !== undefined) kept.properties = Object.fromEntries(Object.entries(kept.properties).filter(([, field]) => field[INTERNAL] !== true).map(([name, field]) => [name, describe(name, tidy(field))]));
  if (kept.items !== undefined) kept.items = tidy(kept.items);
  if (typeof kept.additionalProperties === "object") kept.additionalProperties = tidy(kept.additionalProperties);
  if (kept.anyOf !== undefined) kept.anyOf = kept.anyOf.map(tidy);
  if (kept.oneOf !== undefined) kept.oneOf = kept.oneOf.map(tidy);
  return kept;
}

function describe(name: string, schema: JsonSchema): JsonSchema {
  const words = FIELD_WORDS[name];
  return words === undefined || schema.description !== undefined ? schema : { ...schema, description: words };
}
export type SchemaCollector = ReturnType<typeof createSchemaCollector>;
