/** The parts of an OpenAPI 3.1 document that ours has. */
import type { Access } from "../../api/openapi-meta";

/** JSON Schema, draft 2020-12. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  patternProperties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  additionalProperties?: boolean | JsonSchema;
  [keyword: string]: unknown;
}

export interface OpenApiExample {
  summary?: string;
  value: unknown;
}

export interface OpenApiMedia {
  schema?: JsonSchema;
  example?: unknown;
  examples?: Record<string, OpenApiExample>;
}

export interface OpenApiParameter {
  name: string;
  in: "path" | "query" | "header";
  description: string;
  required?: boolean;
  style?: "form";
  explode?: boolean;
  schema: JsonSchema;
  example?: unknown;
}

export interface OpenApiResponse {
  description: string;
  headers?: Record<string, { $ref: string }>;
  content?: Record<string, OpenApiMedia>;
}

export interface OpenApiOperation {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  security: Record<string, string[]>[];
  parameters?: OpenApiParameter[];
  requestBody?: { description?: string; required: boolean; content: Record<string, OpenApiMedia> };
  /** Errors are shared: references to the components. */
  responses: Record<string, OpenApiResponse | { $ref: string }>;
  /** Who may call, in one word. */
  "x-access": Access;
  /** The limit that a call counts against: `builds`, `writes`, `reads` or none. */
  "x-limit": string;
}

export interface OpenApiDocument {
  openapi: "3.1.0";
  info: { title: string; version: string; description: string; license: { name: string; identifier: string } };
  servers: { url: string; description: string }[];
  tags: { name: string; description: string }[];
  /** Path → method in small letters → operation. */
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: {
    schemas: Record<string, JsonSchema>;
    responses: Record<string, OpenApiResponse>;
    headers: Record<string, { description: string; schema: JsonSchema; example?: unknown }>;
    securitySchemes: Record<string, Record<string, string>>;
  };
  /** Every code that a problem document may carry. */
  "x-error-codes": { code: string; status: number; description: string }[];
}
