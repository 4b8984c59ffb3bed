/** Contracts and git addresses from the command line, against a real server. No worker runs here: what counts is what was asked for. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Chain } from "~/chains";
import { createRegistry } from "~/pipelines/registry";
import { setSigner } from "~/server/services/secrets/signers";
import { bundleCli } from "../../../scripts/bootstrap/bundle-cli.mjs";
import { createTestUser, type TestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";
import { openTestChains } from "../../support/deployment-pipeline";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const PROMPT = "Create an ERC-20 token called HyperKit with 1 billion supply, mintable and pausable";

let server: ApiServer;
let ada: TestUser;
let token: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "slipway-contracts-"));
  await symlink(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  await bundleCli({ outdir: path.join(folder, "dist") });
  const chains = openTestChains({ chains: CHAINS, folder, host: false });
  server = await openApiServer({ chains, pipelines: createRegistry({ toolchainsDir: path.join(root, "toolchains"), nodeBinary: process.execPath, nodeVersion: process.versions.node }) });
  ada = await createTestUser({ services: server.services });
  token = (await ada.token()).token;
});
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

function slipway(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { PATH: process.env.PATH, HOME: folder, NODE_ENV: "production" as const, SLIPWAY_SERVER: server.url, SLIPWAY_TOKEN: token };
  return new Promise((resolve) => {
    execFile(process.execPath, [path.join(folder, "dist/cli.js"), ...args], { cwd: folder, env, timeout: 50_000 }, (error, stdout, stderr) => resolve({ code: typeof error?.code === "number" ? error.code : error === null ? 0 : -1, stdout, stderr }));
  });
}
/** Nothing is deployed here, so nothing has to answer there. */
const CHAINS: readonly Chain[] = [
  { id: 7_001, name: "Trial", rpc: { kind: "url", url: "http://127.0.0.1:9/" }, explorerUrl: null, signer: "deployer", testnet: true, unit: "ETH", confirmations: 1, receiptTimeoutMs: 1_000 },
];
const newest = () => server.services.database.db.build.findFirstOrThrow({ orderBy: { id: "desc" }, include: { release: { include: { package: true } } } });

describe("slipway push --prompt", () => {
  it("makes a contract of words, called after it, with what the flags say", async () => {
    const pushed = await slipway("push", "--prompt", PROMPT, "--option", "symbol=HYP", "--label", "team=tokens", "--visibility", "public", "--version", "2.0.0", "--no-follow");
    expect(pushed).toMatchObject({ code: 0, stdout: `${ada.handle}/hyper-kit#1\n`, stderr: expect.stringContaining("Sent the prompt as ") });
    const { release } = await newest();
    expect(release).toMatchObject({ version: "2.0.0", options: { prompt: PROMPT, chains: [], features: { symbol: "HYP" } }, package: { kind: "contract", visibility: "public", labels: { team: "tokens" } } });
  });

  it("goes to a package that is named, and prints JSON for programs", async () => {
    const { code, stdout, stderr } = await slipway("push", "--prompt", PROMPT, "--package", `${ada.handle}/mine`, "--no-follow", "--json");
    expect([code, stderr, JSON.parse(stdout)]).toEqual([0, "", expect.objectContaining({ object: "build", package: `${ada.handle}/mine`, number: 1 })]);
  });

  it("names what the server does not take, in the flags' own words or the server's", async () => {
    expect(await slipway("push", "--prompt", PROMPT, "--chain", "424242")).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("424242") });
    expect(await slipway("push", "--prompt", PROMPT, "--chain", "local")).toMatchObject({ code: 2, stderr: expect.stringContaining("slipway chains") });
    expect(await slipway("push", ".", "--prompt", PROMPT)).toMatchObject({ code: 2, stderr: expect.stringContaining("the folder . and --prompt can't be pushed together") });
    expect(await slipway("push", "--prompt", PROMPT, "--kind", "circuit")).toMatchObject({ code: 2, stderr: expect.stringContaining("makes a contract, not a circuit") });
    expect(await slipway("push", "--prompt", PROMPT, "--ref", "main")).toMatchObject({ code: 2, stderr: expect.stringContaining("--ref belongs to files") });
    expect(await slipway("push", "--template", "erc20")).toMatchObject({ code: 2, stderr: expect.stringContaining("--prompt") });
  });
});

describe("slipway push --git", () => {
  it("has the server fetch, and says of which kind only where that is not known", async () => {
    const unknown = await slipway("push", "--git", "https://git.example.com/ada/Blinky.git");
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringMatching(/blinky does not exist yet[^]*--kind circuit/) });
    const refused = await slipway("push", "--git", "https://127.0.0.1/ada/blinky.git", "--kind", "circuit", "--ref", "main", "--json");
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(JSON.parse(refused.stderr)).toMatchObject({ code: "validation_failed", errors: [{ path: "git.url" }] });
    expect(await slipway("push", "--git", "https://git.example.com/x", "--commit", "abcdef1")).toMatchObject({ code: 2, stderr: expect.stringContaining("--commit can't be given with --git") });
  });
});

describe("slipway push --chain", () => {
  it("deploys the contract of a folder, and no circuit", async () => {
    await mkdir(path.join(folder, "token"), { recursive: true });
    await writeFile(path.join(folder, "token/T.sol"), "contract T {}\n");
    expect(await slipway("push", "token", "--kind", "circuit", "--chain", "1")).toMatchObject({ code: 2, stderr: expect.stringContaining("A circuit goes to no chain") });
    const pushed = await slipway("push", "token", "--option", "contract=T", "--no-follow");
    expect(pushed.code, pushed.stderr).toBe(0);
    expect((await newest()).release.options).toMatchObject({ contract: "T" });
  });
});

describe("slipway deploy and chains", () => {
  it("asks the server to put a built contract on chains", async () => {
    await slipway("push", "--prompt", PROMPT, "--package", `${ada.handle}/deployed`, "--no-follow");
    const { id, release } = await newest();
    await server.services.database.db.build.update({ where: { id }, data: { status: "successful", completedAt: new Date() } });
    expect(await slipway("deploy", `${ada.handle}/deployed`, "--chain", "424242")).toMatchObject({ code: 2, stderr: expect.stringContaining("424242") });
    expect(await slipway("deploy", `${ada.handle}/deployed`)).toMatchObject({ code: 2, stderr: expect.stringContaining("--chain") });
    expect(await slipway("deploy", `${ada.handle}/deployed#1`, "--chain", "7001")).toMatchObject({ code: 2, stderr: expect.stringContaining("deployer") });
    await setSigner({ context: server.services, actor: ada.actor, workspace: ada.handle, name: "deployer", privateKey: `0x${"1".repeat(64)}`, requestId: null });
    expect(await slipway("deploy", `${ada.handle}/deployed#1`, "--chain", "7001", "--no-follow")).toMatchObject({ code: 0, stdout: `${ada.handle}/deployed#2\n`, stderr: expect.stringContaining("to 7001 as ") });
    expect((await newest()).release).toMatchObject({ id: release.id, options: { chains: [7001] } });
  });

  it("lists the chains, with what keeps one from being used", async () => {
    const { code, stdout } = await slipway("chains", "--json");
    expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ chains: [expect.objectContaining({ chain_id: 7001 })] })]);
    expect(await slipway("chains")).toMatchObject({ code: 0, stdout: expect.stringMatching(/^CHAIN .*\n7001 +Trial +does not answer\n$/) });
  });
});

describe("slipway builds", () => {
  it("goes through all builds page by page, and narrows them by kind, trigger and time", async () => {
    const first = await slipway("builds", "--limit", "2", "--kind", "contract", "--trigger", "api", "--after", "2020-01-01");
    const cursor = /--cursor (\S+)/.exec(first.stderr)?.[1] ?? "";
    expect([first.code, first.stdout.trimEnd().split("\n").length, cursor.length > 0]).toEqual([0, 3, true]);
    const second = await slipway("builds", "--limit", "2", "--kind", "contract", "--trigger", "api", "--after", "2020-01-01", "--cursor", cursor);
    expect(second.code, second.stderr).toBe(0);
    const names = (text: string) => text.trimEnd().split("\n").slice(1).map((line) => line.split(" ")[0]);
    expect(names(second.stdout).length).toBeGreaterThan(0);
    expect(names(second.stdout).filter((name) => names(first.stdout).includes(name))).toEqual([]);
    expect(await slipway("builds", "--before", "2020-01-01T00:00:00Z")).toMatchObject({ code: 0, stdout: "", stderr: "No builds.\n" });
    expect(await slipway("builds", "--kind", "circuit")).toMatchObject({ code: 0, stdout: "" });
    expect(await slipway("builds", "--after", "yesterday")).toMatchObject({ code: 2, stderr: expect.stringContaining("2026-11-21T09:30:00Z") });
  });
});
