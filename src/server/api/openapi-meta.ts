/** What a procedure says of its REST side. The REST adapter and the API's document are made from it. */
import type { TokenScope } from "~/domain/actor";

export interface OpenApiMeta {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Under `/api/v1`; `{field}` is a field of the input. */
  path: `/${string}`;
  summary: string;
  /** Status of a success; default 200. */
  status?: 200 | 201 | 202;
  /** Input fields that several parts of the path make together, joined by `/`: `{package: ["owner", "name"]}`. */
  join?: Readonly<Record<string, readonly string[]>>;
  /** Other ways to ask for the same. */
  also?: readonly { method: OpenApiMeta["method"]; path: `/${string}` }[];
  /** True for a POST that creates: it honours `Idempotency-Key`. */
  creates?: boolean;
  /** True where the body may also be `multipart/form-data` with an archive: the other fields as text, `options` and `labels` as JSON. */
  takesArchive?: boolean;
}

/** Who may call: anyone, whoever is signed in by cookie or token, a browser's session alone, or who has the scope. */
export type Access = "public" | "signed_in" | "session" | TokenScope;

export interface ProcedureMeta {
  openapi?: OpenApiMeta;
  /** Set by the kind of procedure it is; left out: public. */
  access?: Access;
  /** Which limit a call counts against; default: `read` for queries and subscriptions, `write` for mutations. */
  limit?: "build";
}
