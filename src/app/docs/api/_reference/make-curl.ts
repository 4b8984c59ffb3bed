/** The command that asks for an operation, with its example values, ready to paste into a shell. */
import type { OpenApiOperation } from "~/server/rest/openapi/document";

export function makeCurl(options: { method: string; path: string; operation: OpenApiOperation; origin: string }): string {
  const { method, path, operation, origin } = options;
  const parameters = operation.parameters ?? [];
  const address = parameters.filter((parameter) => parameter.in === "path").reduce((text, { name, example }) => text.replace(`{${name}}`, encodePath(String(example))), path);
  const isSocket = "101" in operation.responses;
  const isStream = Object.values(operation.responses).some((response) => "content" in response && response.content?.["application/x-ndjson"] !== undefined);
  const isFile = Object.values(operation.responses).some((response) => "content" in response && Object.keys(response.content ?? {}).some((type) => type === "application/zip" || type === "*/*"));
  const lines = [`curl ${isStream ? "-N " : ""}${isFile ? "-OJ " : ""}${method === "GET" ? "" : `-X ${method} `}${quote(`${isSocket ? origin.replace(/^http/, "ws") : origin}${address}`)}`];
  if (operation["x-access"] !== "public" || address.startsWith("/api/v1")) lines.push(`-H "Authorization: Bearer $SLIPWAY_TOKEN"`);
  const key = parameters.find(({ name }) => name === "Idempotency-Key");
  if (key !== undefined) lines.push(`-H ${quote(`Idempotency-Key: ${String(key.example)}`)}`);
  const body = operation.requestBody?.content["application/json"]?.example;
  if (body !== undefined) lines.push(`-H ${quote("Content-Type: application/json")}`, `-d ${quote(JSON.stringify(body, null, 2))}`);
  return lines.join(" \\\n  ");
}

/** A name's slashes stay: they are part of the path. */
function encodePath(value: string): string {
  return value.split("/").map(encodeURIComponent).join("/");
}

/** In single quotes, for a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
