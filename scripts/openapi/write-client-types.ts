/** `npm run openapi:types`: writes the types that the contract tests call the API by. A test says when they are out of date. */
import { writeFile } from "node:fs/promises";
import { CLIENT_TYPES_PATH, makeClientTypes } from "./make-client-types";

await writeFile(CLIENT_TYPES_PATH, await makeClientTypes());
process.stdout.write(`${CLIENT_TYPES_PATH} is written.\n`);
