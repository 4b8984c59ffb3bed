/** The API around deployments, over HTTP, beside a real worker. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generatePrivateKey, privateKeyToAddress } from "viem/accounts";
import type { Chain } from "~/chains";
import { createInngest, sendWorkflowEvents } from "~/inngest/client";
import { openApiServer, type ApiServer } from "../../support/api-server";
import { DEV_ADDRESS, DEV_KEY, freePort, startMeddlingNode, startTestAnvil, type MeddlingNode, type TestAnvil } from "../../support/anvil";
import { compileCounter } from "../../support/compile-contract";
import { pushContract } from "../../support/contract-builds";
import { createDeploymentRegistry, openTestChains } from "../../support/deployment-pipeline";
import { openPlatform, type Platform } from "../../support/platform";
import { createTestUser, addMember, type TestUser } from "../../factories/users";

let anvil: TestAnvil;
let node: MeddlingNode;
let platform: Platform;
let server: ApiServer;
let member: TestUser;
let stranger: TestUser;
let memberToken: string;
let strangerToken: string;
let buildId: string;

beforeAll(async () => {
  anvil = await startTestAnvil({ chainId: 901 });
  node = await startMeddlingNode({ target: anvil.url });
  const shared = { testnet: true, unit: "TST", explorerUrl: null, signer: "dev", confirmations: 1, receiptTimeoutMs: 20_000 };
  const chains: Chain[] = [
    { ...shared, id: 901, name: "First", rpc: { kind: "url", url: node.url } },
    { ...shared, id: 902, name: "Down", rpc: { kind: "url", url: `http://127.0.0.1:${await freePort()}/hidden-key` } },
    { ...shared, id: 903, name: "Main", testnet: false, rpc: { kind: "url", url: node.url } },
  ];
  platform = await openPlatform({ chains });
  await platform.startWorker();
  const web = openTestChains({ chains, folder: platform.folder, host: false });
  server = await openApiServer({
    beside: { databaseUrl: platform.databaseUrl, blobDirectory: `${platform.folder}/blobs` }, pipelines: createDeploymentRegistry({ chains: web }), chains: web,
    createSend: ({ pool }) => {
      const inngest = createInngest({ pool, server: undefined });
      return (events) => sendWorkflowEvents({ inngest, events });
    },
  });
  [member, stranger] = [await createTestUser({ services: server.services }), await createTestUser({ services: server.services })];
  const workspace = await server.services.database.db.workspace.findFirstOrThrow({ where: { personalUserId: platform.actor.userId } });
  await addMember({ services: server.services, workspaceId: workspace.id, user: member, role: "owner" });
  memberToken = (await member.token()).token;
  strangerToken = (await stranger.token()).token;
  buildId = await pushContract(platform, compileCounter({ label: "read me" }), { chains: [] });
  await platform.finished(buildId);
});
afterAll(async () => {
  await server.close();
  await platform.close();
  await node.close();
  await anvil.stop();
});

const deploy = (json: object, token = memberToken) => server.ask(`/api/v1/builds/${buildId}/deploy`, { token, json });
const workspaceOf = () => platform.actor.handle;

describe("signers", () => {
  it("are set by an owner in the browser, answered by their address, and never by their key", async () => {
    const { cookie } = await member.cookie();
    const call = (procedure: string, json: object, credentials: object = { cookie }) => server.ask(`/api/trpc/${procedure}`, { ...credentials, method: "POST", json });
    expect((await call("signers.set", { workspace: workspaceOf(), name: "dev", private_key: "not a key" })).json.error.data).toMatchObject({ httpStatus: 422, errors: [{ path: "private_key" }] });
    expect((await call("signers.set", { workspace: workspaceOf(), name: "Not A Name", private_key: DEV_KEY })).json.error.data).toMatchObject({ httpStatus: 422, errors: [{ path: "name" }] });
    expect((await deploy({ chain_ids: [901] })).json).toMatchObject({ status: 422, code: "no_signer" });
    const set = await call("signers.set", { workspace: workspaceOf(), name: "dev", private_key: DEV_KEY });
    expect(set.json.result.data).toMatchObject({ name: "dev", address: DEV_ADDRESS });
    const list = await server.ask(`/api/trpc/signers.list?input=${encodeURIComponent(JSON.stringify({ workspace: workspaceOf() }))}`, { cookie });
    expect(list.json.result.data).toMatchObject({ count: 1, signers: [{ name: "dev", address: DEV_ADDRESS }] });
    expect(set.text + list.text).not.toContain(DEV_KEY.slice(2));
    expect(JSON.stringify(server.complaints)).not.toContain(DEV_KEY.slice(2));
    const foreign = await stranger.cookie();
    expect((await call("signers.set", { workspace: workspaceOf(), name: "dev", private_key: DEV_KEY }, { cookie: foreign.cookie })).status).toBe(404);
  });

  it("are removed once, by an owner, and the audit log says who set and removed which address", async () => {
    const { cookie } = await member.cookie();
    const call = (procedure: string, json: object) => server.ask(`/api/trpc/${procedure}`, { cookie, method: "POST", json });
    const other = generatePrivateKey();
    for (const private_key of [DEV_KEY, other]) await call("signers.set", { workspace: workspaceOf(), name: "audited", private_key });
    const gone = { workspace: workspaceOf(), name: "audited" };
    const outsider = await server.ask("/api/trpc/signers.remove", { cookie: (await stranger.cookie()).cookie, method: "POST", json: gone });
    expect(outsider.status).toBe(404);
    expect((await call("signers.remove", gone)).status).toBe(200);
    expect((await call("signers.remove", gone)).status).toBe(404);
    const entries = await server.services.database.db.auditEntry.findMany({ where: { subject: "audited" }, orderBy: { id: "asc" } });
    const address = privateKeyToAddress(other);
    expect(entries.map(({ actorId, action, detail }) => ({ actorId, action, detail }))).toEqual([
      { actorId: member.actor.userId, action: "signer.set", detail: { address: DEV_ADDRESS, replaced: null } },
      { actorId: member.actor.userId, action: "signer.set", detail: { address, replaced: DEV_ADDRESS } },
      { actorId: member.actor.userId, action: "signer.remove", detail: { address } },
    ]);
    for (const entry of entries) expect(entry.requestId).toMatch(/^req_/);
    expect(JSON.stringify(entries)).not.toContain(other.slice(2));
  });

  it("that were set and removed are told to owners, newest first, page by page", async () => {
    const { cookie } = await member.cookie();
    const call = (procedure: string, json: object) => server.ask(`/api/trpc/${procedure}`, { cookie, method: "POST", json });
    const key = generatePrivateKey();
    await call("signers.set", { workspace: workspaceOf(), name: "told", private_key: key });
    await call("signers.remove", { workspace: workspaceOf(), name: "told" });
    const log = (query: string, token = memberToken) => server.ask(`/api/v1/workspaces/${workspaceOf()}/audit-log?${query}`, { token });
    const first = await log("limit=1");
    const actor = { handle: member.actor.handle, name: member.actor.name, image: null };
    const address = privateKeyToAddress(key);
    expect(first.json).toMatchObject({ count: 1, limit: 1, entries: [{ action: "signer.remove", subject: "told", detail: { address }, actor }] });
    const second = await log(`limit=1&cursor=${first.json.next_cursor}`);
    expect(second.json).toMatchObject({ count: 1, total: first.json.total, entries: [{ action: "signer.set", subject: "told", detail: { address, replaced: null }, actor }] });
    expect(first.text + second.text).not.toContain(key.slice(2));
    expect((await log("limit=1", strangerToken)).json).toMatchObject({ status: 404, code: "not_found" });
  });
});

describe("GET /chains", () => {
  it("lists what there is, without addresses of nodes, and whether they answer and have a signer", async () => {
    const answer = await server.ask("/api/v1/chains", { token: memberToken });
    expect(answer.json).toMatchObject({
      count: 3,
      chains: [
        { chain_id: 901, name: "First", testnet: true, unit: "TST", embedded: false, available: true, has_signer: true, signer: "dev" },
        { chain_id: 902, available: false, has_signer: true },
        { chain_id: 903, testnet: false },
      ],
    });
    expect(answer.text).not.toMatch(/127\.0\.0\.1|hidden-key/);
    expect((await server.ask("/api/v1/chains", { token: strangerToken })).json.chains[0]).toMatchObject({ has_signer: false });
  });
});

describe("POST /builds/{id}/deploy", () => {
  it.each([
    ["no chain", { chain_ids: [] }, "chain_ids"],
    ["text", { chain_ids: ["x"] }, "chain_ids.0"],
    ["a chain twice", { chain_ids: [901, 901] }, "chain_ids"],
    ["an unknown chain", { chain_ids: [4711] }, "chain_ids.0"],
    ["an unknown field", { chain_ids: [901], chains: [1] }, "chains"],
  ])("refuses %s with 422", async (_, json, path) => {
    const answer = await deploy(json);
    expect(answer.json).toMatchObject({ status: 422, code: "validation_failed" });
    expect(answer.json.errors[0].path).toBe(path);
  });

  it("asks for a confirmation of a main network", async () => {
    expect((await deploy({ chain_ids: [903] })).json).toMatchObject({ status: 422, code: "mainnet_not_confirmed" });
  });

  it("answers 404 to who may not see it, and to what is not there", async () => {
    expect((await deploy({ chain_ids: [901] }, strangerToken)).status).toBe(404);
    expect((await server.ask("/api/v1/builds/build_unknown/deploy", { token: memberToken, json: { chain_ids: [901] } })).status).toBe(404);
  });

  it("makes a build: 202, then 409 while it is under way, and the contract is there", async () => {
    // Held at its first question, so that the build is under way for sure.
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    node.meddle = async () => {
      await held;
      return "pass";
    };
    const first = await deploy({ chain_ids: [901] });
    expect(first).toMatchObject({ status: 202, json: { success: true, status: "pending", number: 2, build_id: expect.stringMatching(/^build_/) } });
    expect((await deploy({ chain_ids: [901] })).json).toMatchObject({ status: 409, code: "build_in_progress" });
    release();
    node.meddle = () => Promise.resolve("pass");
    await platform.finished(first.json.build_id);
    const detail = await server.ask(`/api/v1/builds/${first.json.build_id}`, { token: memberToken });
    expect(detail.json).toMatchObject({ status: "successful", error: null });
    expect(detail.json.deployments).toMatchObject([{ chain_id: 901, chain_name: "First", status: "successful", verified: true, unit: "TST", address: expect.stringMatching(/^0x/), block: expect.any(Number), gas_used: expect.any(Number), cost: expect.any(String) }]);
    expect(detail.json).toMatchObject({ deploy_time: expect.any(Number), generation_time: null, total_cost: { chains: [{ chain_id: 901 }], model_tokens: null } });
    buildId = first.json.build_id;
  });
});

describe("contracts.read", () => {
  const read = async (input: object, token = memberToken) => {
    const answer = await server.ask(`/api/trpc/contracts.read?input=${encodeURIComponent(JSON.stringify({ build_id: buildId, chain_id: 901, ...input }))}`, { token });
    return { status: answer.status, data: answer.json.result?.data, error: answer.json.error };
  };

  it("answers what the contract answers, as JSON", async () => {
    expect(await read({ function: "label" })).toMatchObject({ status: 200, data: { function: "label()", outputs: [{ type: "string", value: "read me" }], block: expect.any(Number) } });
    expect((await read({ function: "owner" })).data.outputs[0].value).toBe(DEV_ADDRESS);
    expect((await read({ function: "add", args: ["115792089237316195423570985008687907853269984665640564039457584007913129639934", 1] })).data.outputs).toEqual([{ name: "sum", type: "uint256", value: (2n ** 256n - 1n).toString() }]);
    expect((await read({ function: "entries(address)", args: [DEV_ADDRESS] })).data.outputs).toEqual([{ name: "list", type: "tuple[]", value: [{ amount: "7", by: DEV_ADDRESS }] }, { name: "ok", type: "bool", value: true }]);
  });

  it.each([
    ["a function that changes the chain", { function: "increment" }, "function", /only view and pure/],
    ["one that is not there", { function: "steal" }, "function", /label\(\)/],
    ["too few arguments", { function: "add", args: ["1"] }, "args", /uint256 a, uint256 b/],
    ["an argument that does not fit", { function: "balanceOf", args: ["0x12"] }, "args.0", /40 hex digits/],
    ["another contract", { function: "label", contract: "Other" }, "contract", /must be Counter/],
  ])("refuses %s", async (_, input, path, message) => {
    const { status, error } = await read(input);
    expect(status).toBe(422);
    expect(error.data.errors[0]).toMatchObject({ path, message: expect.stringMatching(message) });
  });

  it("tells what the contract said when it refused", async () => {
    const { status, error } = await read({ function: "refuse", args: [9] });
    expect([status, error.data.app_code, error.message]).toEqual([422, "call_reverted", expect.stringContaining('TooLarge("3")')]);
    expect((await read({ function: "divide", args: [1, 0] })).error.message).toMatch(/^divide refused: .*division/i);
  });

  it("asks what answers nothing as well", async () => {
    expect(await read({ function: "check" })).toMatchObject({ status: 200, data: { function: "check()", outputs: [], block: expect.any(Number) } });
  });

  it("bounds what a question may cost", async () => {
    expect((await read({ function: "spin" })).status).toBeLessThan(504);
  });

  it("answers 404 to strangers and where there is no contract, and 503 when the chain does not answer", async () => {
    expect((await read({ function: "label" }, strangerToken)).status).toBe(404);
    expect((await read({ function: "label", chain_id: 902 })).status).toBe(404);
    node.meddle = () => Promise.reject(new Error("cut"));
    const { status, error } = await read({ function: "label" });
    node.meddle = () => Promise.resolve("pass");
    expect(status).toBe(503);
    expect(error.message).toContain("First does not answer");
  });
});
