/** A procedure's REST side as operations of the document: one for each way to ask. */
import { z } from "zod";
import type { ErrorCode } from "~/domain/errors";
import { idempotencyKey } from "../routes/route";
import { releaseView } from "../../api/schemas/packages";
import type { RestProcedure } from "../procedure-routes";
import { describeContent, describeParameter, pascal, pathParameters, securityOf, usualCodes } from "./describe-route";
import type { JsonSchema, OpenApiMedia, OpenApiOperation, OpenApiParameter } from "./document";
import { commonHeaders, headerRefs, makeErrorAnswers } from "./error-answers";
import { PARAMETER_EXAMPLES } from "./examples";
import { FIELD_WORDS } from "./field-words";
import { toJsonSchema, type SchemaCollector } from "./make-schemas";
import { PROCEDURE_WORDS, type ProcedureWords } from "./procedure-words";
import { ENVELOPE } from "./shared-schemas";

const IDEMPOTENCY_KEY = describeParameter(idempotencyKey);

/** Query fields whose text says more than the schema of what it becomes. */
const QUERY_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  status: { type: "array", items: { type: "string" } },
  label: { type: "object", patternProperties: { "^label\\.": { type: "string" } }, additionalProperties: false },
};

const STAGE_FIELDS = z.union([z.string(), z.boolean(), z.record(z.string(), z.unknown()), z.array(z.unknown()), z.null()]);

interface Described {
  method: string;
  path: string;
  operation: OpenApiOperation;
}

export function describeProcedure({ procedure, schemas }: { procedure: RestProcedure; schemas: SchemaCollector }): Described[] {
  const { meta } = procedure;
  const words = PROCEDURE_WORDS[procedure.path] ?? wordless(procedure.path);
  const ways = [{ method: meta.method, path: meta.path, id: words.operationId }, ...(meta.also ?? []).map((way, index) => ({ ...way, id: words.alsoIds?.[index] ?? `${words.operationId}_${index + 2}` }))];
  const answer = addAnswer({ procedure, words, schemas });
  return ways.map(({ method, path, id }, index) => ({ method, path, operation: describeWay({ procedure, words, schemas, id, answer, isFirst: index === 0 }) }));
}

/** A procedure that nobody has described yet still works; the document's test names it. */
function wordless(path: string): ProcedureWords {
  return { operationId: path.replace(/\W/g, "_"), tag: "Builds", description: "", answer: {} };
}

interface WayOptions {
  procedure: RestProcedure;
  words: ProcedureWords;
  schemas: SchemaCollector;
  id: string;
  answer: JsonSchema;
  isFirst: boolean;
}

function describeWay({ procedure, words, schemas, id, answer, isFirst }: WayOptions): OpenApiOperation {
  const { meta, access, limit } = procedure;
  const changes = procedure.type === "mutation";
  const inPath = pathParameters(meta.path);
  const fields = branchFor({ procedure, names: inPath.map(({ name }) => name) });
  const own = Object.entries(fields?.shape ?? {}).filter(([name]) => !isInPath({ procedure, name, inPath }));
  const query = changes ? [] : own.map(([name, schema]) => queryParameter({ name, schema }));
  const bodyName = `${pascal(words.operationId)}Body`;
  const hasBody = changes && own.length > 0;
  const parameters = [...inPath, ...query, ...(words.parameters ?? []).map(describeParameter), ...(meta.creates === true ? [IDEMPOTENCY_KEY] : [])];
  const codes: ErrorCode[] = [
    ...usualCodes({ access, changes, hasBody: changes, hasPath: inPath.length > 0 }),
    ...(procedure.input === undefined ? [] : (["validation_failed"] as const)),
    ...(meta.creates === true ? (["idempotency_key_reused"] as const) : []),
    ...(words.errors ?? []),
  ];
  const success = { ...words.answer, success: true, timestamp: "2026-11-21T09:30:05.000Z", duration: 0.012, request_id: "req_01KB2Q7A1B2C3D4E5F6G7H8J9K" };
  const headers = [...commonHeaders(limit), ...(meta.creates === true ? ["Idempotency-Replayed"] : [])];
  return {
    operationId: id,
    tags: [words.tag],
    summary: meta.summary,
    description: isFirst ? words.description : `The same as \`${words.operationId}\`. ${words.description}`,
    security: securityOf(access),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(hasBody
      ? {
          requestBody: {
            required: needsBody({ procedure, own }),
            content: {
              "application/json": { schema: schemas.add({ name: isFirst ? bodyName : `${pascal(id)}Body`, schema: bodySchema({ procedure, own }), side: "input" }), example: words.body },
              ...(meta.takesArchive === true ? { "multipart/form-data": formBody({ own }) } : {}),
            },
          },
        }
      : {}),
    responses: {
      [String(meta.status ?? 200)]: {
        description: "Done.",
        headers: headerRefs(headers),
        content: { "application/json": { schema: answer, example: success }, ...describeContent({ content: words.otherContent ?? {}, name: "", side: "output", schemas }) },
      },
      ...makeErrorAnswers({ codes, limit, shape: "problem", shared: schemas.errors }),
    },
    "x-access": access,
    "x-limit": limit,
  };
}

function addAnswer({ procedure, words, schemas }: { procedure: RestProcedure; words: ProcedureWords; schemas: SchemaCollector }): JsonSchema {
  const own = procedure.output instanceof z.ZodObject ? procedure.output : z.looseObject({});
  const whole = own.extend(ENVELOPE);
  const told: Record<string, z.ZodType> = { answer: whole.catchall(STAGE_FIELDS), releases: whole.extend({ releases: z.array(releaseView.catchall(STAGE_FIELDS)) }) };
  return schemas.add({ name: `${pascal(words.operationId)}Answer`, schema: told[words.stageFields ?? ""] ?? whole, side: "output" });
}

/** Of an input with several forms, the one that the path's parts belong to. */
function branchFor({ procedure, names }: { procedure: RestProcedure; names: string[] }): z.ZodObject | null {
  const { input, meta } = procedure;
  const fields = [...names.filter((name) => !Object.values(meta.join ?? {}).flat().includes(name)), ...Object.keys(meta.join ?? {})];
  const branches = input instanceof z.ZodUnion ? input.options : [input];
  const fitting = branches.filter((branch) => branch instanceof z.ZodObject && fields.every((field) => field in branch.shape));
  // Several for a body that may have either form: its own schema says it all. A form is of the one that takes an archive.
  const found = fitting.find((branch) => branch instanceof z.ZodObject && "archive" in branch.shape) ?? fitting.at(-1);
  return found instanceof z.ZodObject ? found : null;
}

function isInPath(options: { procedure: RestProcedure; name: string; inPath: readonly OpenApiParameter[] }): boolean {
  const { procedure, name, inPath } = options;
  if (name in (procedure.meta.join ?? {})) return true;
  return inPath.some((parameter) => parameter.name === name) && !Object.values(procedure.meta.join ?? {}).flat().includes(name);
}

/** The input without what the path says. */
function bodySchema({ procedure, own }: { procedure: RestProcedure; own: [string, z.core.$ZodType][] }): z.ZodType {
  if (procedure.input instanceof z.ZodUnion) return procedure.input;
  return z.strictObject(Object.fromEntries(own));
}

/** False where no body at all is as good as an empty object. */
function needsBody({ procedure, own }: { procedure: RestProcedure; own: [string, z.core.$ZodType][] }): boolean {
  const { input } = procedure;
  const hasRules = input instanceof z.ZodObject && (input.def.checks?.length ?? 0) > 0;
  return hasRules || !bodySchema({ procedure, own }).safeParse({}).success;
}

/** The same fields as text, and the packed files. */
function formBody({ own }: { own: [string, z.core.$ZodType][] }): OpenApiMedia {
  const taken = own.filter(([name]) => !["files", "git", "archive"].includes(name));
  const required = taken.filter(([, schema]) => schema instanceof z.ZodType && !schema.isOptional()).map(([name]) => name);
  const asText = taken.map(([name]): [string, JsonSchema] => [name, { type: "string", description: `${FIELD_WORDS[name] ?? name}${["options", "labels"].includes(name) ? " As JSON." : ""}` }]);
  return {
    schema: {
      type: "object",
      properties: { ...Object.fromEntries(asText), archive: { type: "string", format: "binary", description: "A zip or tar.gz of the files." } },
      required: [...required, "archive"],
      additionalProperties: false,
    },
    example: Object.fromEntries([...required.map((name) => [name, PARAMETER_EXAMPLES[name] ?? "0.1.0"]), ["archive", "blinky.zip"]]),
  };
}

function queryParameter({ name, schema }: { name: string; schema: z.core.$ZodType }): OpenApiParameter {
  const made = QUERY_SCHEMAS[name] ?? withoutNull(schema instanceof z.ZodType ? toJsonSchema(schema) : {});
  return { name, in: "query", description: FIELD_WORDS[name] ?? name, ...(made.type === "object" || made.type === "array" ? { style: "form", explode: true } : {}), schema: made, example: PARAMETER_EXAMPLES[name] };
}

function withoutNull(schema: JsonSchema): JsonSchema {
  const kept = schema.anyOf?.filter(({ type }) => type !== "null");
  return kept?.length === 1 && kept[0] !== undefined ? kept[0] : schema;
}
