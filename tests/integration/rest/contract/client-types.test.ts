import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { CLIENT_TYPES_PATH, makeClientTypes } from "../../../../scripts/openapi/make-client-types";

it("the client's types are those of the document: `npm run openapi:types` writes them anew", async () => {
  expect(await readFile(CLIENT_TYPES_PATH, "utf8")).toBe(await makeClientTypes());
});
