/** What is known of a route that is not made from a procedure: how it is answered, and what the API's document says of it. */
import { z } from "zod";
import type { ErrorCode } from "~/domain/errors";
import type { Access } from "../../api/openapi-meta";
import type { RateLimits } from "../../api/context";
import type { RestHandler } from "../rest-request";

export const API_TAGS = {
  Builds: "Attempts at building a release: start them, follow them, take what they made.",
  Releases: "Versions of a package, their files, and what their newest build says of each stage.",
  Packages: "What is built: a name in a workspace, of one kind.",
  Chains: "Where contracts can be deployed to.",
  Workspaces: "Who shares packages with whom.",
  Account: "Who is asking.",
  "Package registry": "Releases under the package registry's own names, with its shape of errors.",
  Operations: "For those who run the server: probes and figures.",
} as const;
export type ApiTag = keyof typeof API_TAGS;

/** One media type of a body or an answer. */
export interface ContentDocument {
  /** Left out: bytes. */
  schema?: z.ZodType;
  /** What such a body looks like; JSON is checked against the schema by a test. */
  example?: unknown;
}

export interface AnswerDocument {
  status: number;
  description: string;
  /** By media type; left out: no body. */
  content?: Readonly<Record<string, ContentDocument>>;
  /** Names of the document's shared headers, besides those that every answer has. */
  headers?: readonly string[];
}

export interface ParameterDocument {
  name: string;
  in: "query" | "header";
  description: string;
  schema: z.ZodType;
  example?: unknown;
}

export const idempotencyKey: ParameterDocument = {
  name: "Idempotency-Key",
  in: "header",
  description: "Up to 255 printable ASCII characters of your choice. The same key and request within 24 hours answers the first answer again, and makes nothing more.",
  schema: z.string().min(1).max(255).optional(),
  example: "push-9f2c1e7",
};

/** What is said of every operation, procedure or not. */
export interface OperationWords {
  /** Stable: generated clients name their functions by it. */
  operationId: string;
  tag: ApiTag;
  summary: string;
  /** Markdown. */
  description: string;
  /** What it may answer besides the codes that every operation of its sort has. */
  errors?: readonly ErrorCode[];
  /** Besides those of the path and the input. */
  parameters?: readonly ParameterDocument[];
}

export interface RouteDocument extends OperationWords {
  access: Access;
  /** Which limit a call counts against; null: none. */
  limit: keyof RateLimits | null;
  body?: { description?: string; required?: boolean; content: Readonly<Record<string, ContentDocument>> };
  answers: readonly AnswerDocument[];
  /** The shape of its errors, where it is not a problem document. A probe has no other errors than those it names. */
  errorShape?: "problem" | "package_registry" | "probe";
}

export interface HandWrittenRoute {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The whole path; `{x}` is one part of it, `{x...}` the rest with its slashes. */
  path: `/${string}`;
  /** Null: the web server answers it before it comes to REST (probes, figures, sockets). */
  handler: RestHandler | null;
  document: RouteDocument;
}
