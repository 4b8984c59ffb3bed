/** What "try it" needs to know of an operation: little, because the page carries it for each. */
import type { OpenApiOperation } from "~/server/rest/openapi/document";

export interface TryField {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  hint: string;
  placeholder: string;
}

export interface TryOperation {
  id: string;
  method: string;
  path: string;
  fields: TryField[];
  /** The example, to begin with; null: none is sent. */
  body: string | null;
}

/** Null for what no page can send: a WebSocket's handshake. */
export function toTryOperation(options: { method: string; path: string; operation: OpenApiOperation }): TryOperation | null {
  const { method, path, operation } = options;
  if ("101" in operation.responses) return null;
  const example = operation.requestBody?.content["application/json"]?.example;
  return {
    id: operation.operationId,
    method,
    path,
    fields: (operation.parameters ?? []).map((parameter) => ({
      name: parameter.name,
      in: parameter.in,
      required: parameter.required ?? false,
      hint: parameter.schema.type === "array" ? "Several with commas." : parameter.schema.type === "object" ? "As name=value, several with &." : "",
      placeholder: showExample(parameter.example),
    })),
    body: example === undefined ? null : JSON.stringify(example, null, 2),
  };
}

function showExample(example: unknown): string {
  if (Array.isArray(example)) return example.join(",");
  if (typeof example === "object" && example !== null) return Object.entries(example).map(([name, value]) => `${name}=${String(value)}`).join("&");
  return example === undefined ? "" : String(example);
}

/** The request that the filled-in fields make. Throws an Error that names a missing part of the path. */
export function makeRequest(options: { operation: TryOperation; values: Readonly<Record<string, string>>; body: string; token: string }): { url: string; init: RequestInit } {
  const { operation, values, body, token } = options;
  const headers = new Headers();
  const query = new URLSearchParams();
  let path = operation.path;
  for (const field of operation.fields) {
    const value = (values[field.name] ?? "").trim();
    if (field.in === "path") {
      if (value === "") throw new Error(`${field.name} is missing: it is part of the address.`);
      path = path.replace(`{${field.name}}`, value.split("/").map(encodeURIComponent).join("/"));
    } else if (value !== "") {
      if (field.in === "header") headers.set(field.name, value);
      else if (field.hint.startsWith("As name")) for (const [name, item] of new URLSearchParams(value)) query.append(name, item);
      else query.append(field.name, value);
    }
  }
  if (token !== "") headers.set("Authorization", `Bearer ${token}`);
  if (operation.body !== null) headers.set("Content-Type", "application/json");
  const search = query.toString();
  return {
    url: search === "" ? path : `${path}?${search}`,
    init: { method: operation.method, headers, credentials: token === "" ? "same-origin" : "omit", ...(operation.body === null ? {} : { body }) },
  };
}
