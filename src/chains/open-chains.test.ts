import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openChains } from "./open-chains";

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "slipway-open-chains-"));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const describeChains = (name: string) => JSON.stringify({ chains: [{ id: 901, name, rpc_url: "https://rpc.example.com/v2/very-secret", explorer_url: "https://explorer.example", signer: "deployer", testnet: false }] });
const namesOf = async (configured: { text?: string; file?: string }) => {
  const logger = { info: () => undefined, warn: () => undefined };
  const chains = await openChains({ dataDir, configured: { text: configured.text, file: configured.file }, toolchainsDir: dataDir, searchPath: undefined, host: false, secret: undefined, logger });
  return chains.list().map((chain) => chain.name);
};

it("takes the chains from the environment, from a file that it names, from the data folder, or the local ones", async () => {
  expect(await namesOf({})).toEqual(["Local", "Local 5001", "Local 1337"]);
  await writeFile(path.join(dataDir, "chains.json"), describeChains("of the data folder"));
  await writeFile(path.join(dataDir, "named.json"), describeChains("of a named file"));
  expect(await namesOf({})).toEqual(["of the data folder"]);
  expect(await namesOf({ file: path.join(dataDir, "named.json") })).toEqual(["of a named file"]);
  expect(await namesOf({ text: describeChains("of the environment") })).toEqual(["of the environment"]);
});

it.each([
  ["both at once", { text: describeChains("One"), file: "/named.json" }, /SLIPWAY_CHAINS_FILE is set too: unset one of them/],
  ["what is no JSON", { text: "very-secret" }, /The chains in SLIPWAY_CHAINS have a problem:\n {2}it is not JSON/],
  ["a list without its name", { text: "[]" }, /all of it: must be an object/],
  ["a file that is not there", { file: "/named.json" }, /the file is not there/],
])("refuses %s, and repeats no value", async (_, configured, words) => {
  const refused = await namesOf(configured).catch((error: unknown) => String(error));
  expect(refused).toMatch(words);
  expect(refused).not.toContain("very-secret");
});
