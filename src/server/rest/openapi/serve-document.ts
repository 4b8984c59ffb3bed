/** `/api/openapi.json`: the same bytes for everybody, made once. */
import { createHash } from "node:crypto";
import { matchesEtag } from "../download-artifact";
import type { RestRequest } from "../rest-request";
import { buildDocument } from "./build-document";
import type { OpenApiDocument } from "./document";

interface MadeDocument {
  document: OpenApiDocument;
  bytes: Buffer;
  etag: string;
}

let made: MadeDocument | undefined;

export function readDocument(): MadeDocument {
  if (made === undefined) {
    const document = buildDocument();
    const bytes = Buffer.from(JSON.stringify(document));
    made = { document, bytes, etag: `"${createHash("sha256").update(bytes).digest("base64url")}"` };
  }
  return made;
}

export function serveDocument({ request, response }: RestRequest): Promise<void> {
  const { bytes, etag } = readDocument();
  response.setHeader("ETag", etag);
  response.setHeader("Cache-Control", "public, no-cache");
  if (matchesEtag(request.headers["if-none-match"], etag)) {
    response.writeHead(304).end();
    return Promise.resolve();
  }
  response.writeHead(200, { "Content-Type": "application/json; charset=utf-8", "Content-Length": bytes.byteLength });
  response.end(request.method === "HEAD" ? undefined : bytes);
  return Promise.resolve();
}
