/** TypeScript types of every path of the API's document, for a typed client (openapi-fetch). */
import openapiTypescript, { astToString } from "openapi-typescript";
import { z } from "zod";
import { buildDocument } from "~/server/rest/openapi/build-document";

export const CLIENT_TYPES_PATH = "tests/support/generated/api-types.ts";

const HEADER = `/* eslint-disable max-lines -- written by scripts/openapi/write-client-types.ts from the API's document; change that, then run \`npm run openapi:types\` */\n`;

/** The file's whole text. */
export async function makeClientTypes(): Promise<string> {
  // The generator's own words for the document differ in detail from ours; it checks what it gets by itself.
  const document = z.custom<Parameters<typeof openapiTypescript>[0]>().parse(dropWords(JSON.parse(JSON.stringify(buildDocument()))));
  return HEADER + astToString(await openapiTypescript(document, { silent: true, defaultNonNullable: false }));
}

/** What is only said for people makes no type, and would change the file with every comma. A field may have such a name, though. */
function dropWords(node: unknown, parent = ""): unknown {
  if (Array.isArray(node)) return node.map((item) => dropWords(item));
  if (typeof node !== "object" || node === null) return node;
  const isWords = (key: string, value: unknown): boolean => key === "example" || key === "examples" || (["description", "summary"].includes(key) && typeof value === "string");
  return Object.fromEntries(Object.entries(node).filter(([key, value]) => parent === "properties" || !isWords(key, value)).map(([key, value]) => [key, dropWords(value, parent === "properties" ? "" : key)]));
}
