/** The errors that an operation may answer, and the headers of its answers. */
import { STATUS_CODES } from "node:http";
import { z } from "zod";
import { ERROR_STATUS, type ErrorCode } from "~/domain/errors";
import type { RateLimits } from "../../api/context";
import type { RouteDocument } from "../routes/route";
import type { OpenApiMedia, OpenApiResponse } from "./document";
import { ERROR_WORDS } from "./error-words";

const ERROR_CODES: readonly ErrorCode[] = z.array(z.custom<ErrorCode>((value) => typeof value === "string" && value in ERROR_STATUS)).parse(Object.keys(ERROR_STATUS));

export const problemSchema = z.object({
  success: z.literal(false),
  /** Where the code is explained. */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(ERROR_CODES),
  request_id: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

export const packageRegistryErrorSchema = z.object({
  ok: z.literal(false),
  error: z.object({ error_code: z.enum(ERROR_CODES), message: z.string() }),
  request_id: z.string(),
});

const REQUEST_ID = "req_01KB2Q7A1B2C3D4E5F6G7H8J9K";

export const HEADERS = {
  "X-Request-Id": { description: "Names this request in the server's log. Yours, when you sent a sane one.", schema: { type: "string" }, example: REQUEST_ID },
  "RateLimit-Limit": { description: "Calls a minute.", schema: { type: "integer" }, example: 600 },
  "RateLimit-Remaining": { description: "Calls left in this minute.", schema: { type: "integer" }, example: 599 },
  "RateLimit-Reset": { description: "Seconds until the minute is over.", schema: { type: "integer" }, example: 41 },
  "Retry-After": { description: "Seconds to wait before trying again.", schema: { type: "integer" }, example: 41 },
  "Idempotency-Replayed": { description: "`true`: the first answer to this Idempotency-Key, given again.", schema: { type: "string", enum: ["true"] }, example: "true" },
  "WWW-Authenticate": { description: "How to authenticate.", schema: { type: "string" }, example: 'Bearer realm="slipway"' },
  ETag: { description: "Changes with the content.", schema: { type: "string" }, example: '"2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"' },
  "Accept-Ranges": { description: "`bytes`: parts can be asked for.", schema: { type: "string" }, example: "bytes" },
  "Content-Range": { description: "Which bytes of how many.", schema: { type: "string" }, example: "bytes 0-1023/52431" },
  "Content-Disposition": { description: "The file's name.", schema: { type: "string" }, example: "attachment; filename=\"blinky-build-1.zip\"; filename*=UTF-8''blinky-build-1.zip" },
};

export function headerRefs(names: readonly string[]): Record<string, { $ref: string }> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

/** Headers that every answer of an operation with this limit has. */
export function commonHeaders(limit: keyof RateLimits | null): string[] {
  return limit === null ? ["X-Request-Id"] : ["X-Request-Id", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"];
}

export function listErrorCodes(): { code: string; status: number; description: string }[] {
  return ERROR_CODES.map((code) => ({ code, status: ERROR_STATUS[code], description: ERROR_WORDS[code] }));
}

/** Responses that many operations share, collected under names that say their codes. */
export type ErrorResponses = Map<string, OpenApiResponse>;

/** For each status a reference to the shared response with the codes that it may carry. */
export function makeErrorAnswers(options: { codes: Iterable<ErrorCode>; limit: keyof RateLimits | null; shape: RouteDocument["errorShape"]; shared: ErrorResponses }): Record<string, { $ref: string }> {
  const { limit, shape = "problem", shared } = options;
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set(options.codes)) byStatus.set(ERROR_STATUS[code], [...(byStatus.get(ERROR_STATUS[code]) ?? []), code].sort());
  const answers = [...byStatus].sort(([a], [b]) => a - b).map(([status, codes]): [string, { $ref: string }] => {
    const isCounted = limit !== null && ![400, 401, 413, 415].includes(status);
    const name = `${shape === "package_registry" ? "registry." : ""}${codes.join(".")}${isCounted ? "" : ".uncounted"}`;
    const headers = isCounted ? commonHeaders(limit) : ["X-Request-Id"];
    if (status === 429 || status === 503) headers.push("Retry-After");
    if (status === 401 && shape === "problem") headers.push("WWW-Authenticate");
    const content: Record<string, OpenApiMedia> =
      shape === "package_registry" ? { "application/json": registryError(codes) } : { "application/problem+json": problem({ status, codes }) };
    shared.set(name, { description: codes.map((code) => `\`${code}\`: ${ERROR_WORDS[code]}`).join("\n\n"), headers: headerRefs(headers), content });
    return [String(status), { $ref: `#/components/responses/${name}` }];
  });
  return Object.fromEntries(answers);
}

function problem({ status, codes }: { status: number; codes: readonly ErrorCode[] }): OpenApiMedia {
  const examples = codes.map((code) => {
    const value = { success: false, type: `/docs/api#error-${code}`, title: STATUS_CODES[status] ?? "Error", status, detail: ERROR_WORDS[code], code, request_id: REQUEST_ID };
    const errors = code === "validation_failed" ? { errors: [{ path: "files.0.path", message: "must not contain `..`." }] } : {};
    return [code, { value: { ...value, ...errors } }];
  });
  return {
    schema: { allOf: [{ $ref: "#/components/schemas/Problem" }, { type: "object", properties: { status: { const: status }, code: { enum: [...codes] } } }] },
    examples: Object.fromEntries(examples),
  };
}

function registryError(codes: readonly ErrorCode[]): OpenApiMedia {
  const examples = codes.map((code) => [code, { value: { ok: false, error: { error_code: code, message: ERROR_WORDS[code] }, request_id: REQUEST_ID } }]);
  return { schema: { $ref: "#/components/schemas/PackageRegistryError" }, examples: Object.fromEntries(examples) };
}
