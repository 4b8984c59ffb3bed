/** Contracts in words, over HTTP: what is made of a prompt, and which field is wrong. No worker runs here. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRegistry } from "~/pipelines/registry";
import { createTestUser, type TestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";

const PROMPT = "Create an ERC-20 token called HyperKit with 1 billion supply, mintable and pausable";

let server: ApiServer;
let ada: TestUser;
let token: string;

beforeAll(async () => {
  const toolchainsDir = path.join(fileURLToPath(new URL("../../../", import.meta.url)), "toolchains");
  server = await openApiServer({ pipelines: createRegistry({ toolchainsDir, nodeBinary: process.execPath, nodeVersion: process.versions.node }) });
  ada = await createTestUser({ services: server.services });
  token = (await ada.token()).token;
});
afterAll(() => server.close());

const post = (json: unknown) => server.ask("/api/v1/builds", { token, json });
const releaseOf = (releaseId: string) => server.services.database.db.release.findUniqueOrThrow({ where: { id: releaseId }, include: { package: true } });

describe("POST /api/v1/builds with a prompt", () => {
  it("makes package, release and build, called after the token, with the prompt as the release's options", async () => {
    const { status, json } = await post({ prompt: PROMPT, chains: [], options: { symbol: "HYP", cap: 2_000_000_000 }, labels: { team: "tokens" } });
    expect(status).toBe(202);
    expect(json).toMatchObject({ package: `${ada.handle}/hyper-kit`, number: 1, status: "pending" });
    const release = await releaseOf(json.release_id);
    expect(release.package).toMatchObject({ kind: "contract", visibility: "private", labels: { team: "tokens" } });
    expect(release.options).toEqual({ prompt: PROMPT, chains: [], features: { symbol: "HYP", cap: 2_000_000_000 } });
    expect(release.fileCount).toBe(0);
  });

  it("pushes another release to the package of the same name, and takes a name that is given", async () => {
    const first = await post({ prompt: 'A token called "Twice Made" with 10 supply', chains: [] });
    const second = await post({ prompt: "Token named Twice Made, 20 supply", chains: [] });
    const given = await post({ prompt: "Token named Twice Made, 20 supply", chains: [], package: `${ada.handle}/other-name` });
    expect([first.json.package, second.json.package, given.json.package]).toEqual([`${ada.handle}/twice-made`, `${ada.handle}/twice-made`, `${ada.handle}/other-name`]);
    expect(second.json.number).toBe(2);
  });

  it("is a build, too, when the request can't be done: the build tells why", async () => {
    const { status, json } = await post({ prompt: "A staking contract with a 2% tax", chains: [] });
    expect(status).toBe(202);
    expect(json.package).toBe(`${ada.handle}/my-contract`);
  });

  it("leaves a package of another kind alone", async () => {
    await server.ask("/api/v1/packages", { token, json: { package: `${ada.handle}/taken`, kind: "circuit" } });
    expect((await post({ prompt: "A token called Taken with 10 supply", chains: [] })).json.package).toBe(`${ada.handle}/taken-contract`);
  });

  it.each([
    ["a prompt that is too short", { prompt: "a token", chains: [] }, "prompt"],
    ["a prompt that is too long", { prompt: `a token ${"x".repeat(2000)}`, chains: [] }, "prompt"],
    ["a chain twice", { prompt: PROMPT, chains: [1, 1] }, "chains"],
    ["a chain that is not configured", { prompt: PROMPT, chains: [424242] }, "chains.0"],
    ["an unknown template", { prompt: PROMPT, chains: [], template: "erc9999" }, "template"],
    ["an unknown feature", { prompt: PROMPT, chains: [], options: { staking: true } }, "options"],
    ["a feature of the wrong type", { prompt: PROMPT, chains: [], options: { decimals: "many" } }, "options.decimals"],
    ["a supply that is no number", { prompt: PROMPT, chains: [], options: { supply: "1e999" } }, "options.supply"],
  ])("refuses %s, naming the field", async (_name, body, field) => {
    const before = await server.services.database.db.build.count();
    const { status, json } = await post(body);
    expect(status, JSON.stringify(json)).toBe(422);
    expect(json.errors.map((error: { path: string }) => error.path)).toContain(field);
    expect(await server.services.database.db.build.count()).toBe(before);
  });

  it("takes Solidity files in place of a prompt, and a prompt in the release's options", async () => {
    const files = await post({ kind: "contract", package: `${ada.handle}/given`, files: [{ path: "contracts/A.sol", content: "contract A {}" }], options: { constructor_args: [] } });
    const options = await post({ kind: "contract", package: `${ada.handle}/worded`, options: { prompt: PROMPT } });
    const neither = await post({ kind: "contract", package: `${ada.handle}/empty`, options: {} });
    expect([files.status, options.status, neither.status]).toEqual([202, 202, 422]);
  });
});

describe("contracts.understand", () => {
  it("says what the build will make of a prompt", async () => {
    const { caller } = await server.callAs({ authorization: `Bearer ${token}` });
    const good = await caller.contracts.understand({ prompt: PROMPT, features: { burnable: true } });
    expect(good.spec).toMatchObject({ template: "erc20", name: "HyperKit", supply: "1000000000", mintable: true, pausable: true, burnable: true });
    expect(good.understood).toContainEqual({ field: "supply", value: "1,000,000,000", text: "with 1 billion supply" });
    expect(good.assumed.map((one) => one.field)).toContain("symbol");
    const bad = await caller.contracts.understand({ prompt: `${PROMPT}, with staking` });
    expect(bad.spec).toBeNull();
    expect(bad.unsupported).toEqual([{ part: "staking", why: "Staking and yield are not offered. Leave it out, or give Solidity files of your own." }]);
  });

  it("is for people who signed in", async () => {
    const { caller } = await server.callAs({});
    await expect(caller.contracts.understand({ prompt: PROMPT })).rejects.toThrow();
  });
});

describe("examples", () => {
  it("of contracts are built with their options", async () => {
    const { caller } = await server.callAs({ authorization: `Bearer ${token}` });
    const build = await caller.examples.build({ slug: "harbour-token" });
    expect((await releaseOf(build.release_id)).options).toMatchObject({ prompt: expect.stringContaining("Harbour Token") });
  });
});
