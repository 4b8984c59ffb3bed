import { randomBytes } from "node:crypto";
import { Agent } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ERROR_STATUS } from "~/domain/errors";
import { sha256Hex } from "~/domain/fingerprint";
import { pushTestRelease, settleTestBuild } from "../../../factories/packages";
import { createTestUser, type TestUser } from "../../../factories/users";
import { openApiServer, type ApiServer } from "../../../support/api-server";
import { countRows } from "../../../support/row-counts";
import { PASSWORD } from "../../api/access/callers";
import type { Scene } from "../../api/access/rows";
import { listWays, type Way } from "../../api/access/surface";
import { oddRequest, twistBody, type OddRequest } from "./odd-requests";
import { sendRaw, type Answered } from "./send-raw";
import { VALID_BODIES } from "./valid-bodies";

/** The same requests each time, others for each way; a failure prints the seed and the smallest request that fails. */
const seedOf = (key: string): number => Number.parseInt(sha256Hex(key).slice(0, 7), 16);
const RUNS = 30;

let server: ApiServer;
let owner: TestUser;
let token: string;
let cookie: string;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

beforeAll(async () => {
  server = await openApiServer();
  owner = await createTestUser({ services: server.services, password: PASSWORD });
  token = (await owner.token()).token;
  cookie = (await owner.cookie()).cookie;
});
afterAll(async () => {
  agent.destroy();
  await server.close();
});

const WRITES = listWays().filter((way) => way.kind === "mutation" || (way.kind === "http" && way.method !== "GET"));

async function setScene(settled: boolean): Promise<Scene> {
  const { services } = server;
  const pushed = await pushTestRelease({ services, owner });
  if (settled) await settleTestBuild({ services, buildId: pushed.buildId });
  return {
    package: pushed.package,
    workspace: owner.handle,
    releaseId: pushed.releaseId,
    buildId: pushed.buildId,
    tokenId: (await owner.token()).id,
    sessionId: (await owner.cookie()).sessionId,
    unique: randomBytes(5).toString("hex"),
  };
}

function fill(way: Way, scene: Scene, part: string | undefined): string {
  if (way.kind === "mutation") return `/api/trpc/${way.path}`;
  const [ownerPart = "", name = ""] = scene.package.split("/");
  const parts: Record<string, string> = { build_id: scene.buildId, release_id: scene.releaseId, workspace: scene.workspace, owner: ownerPart, name, slug: "hello" };
  let first = true;
  return way.path.replace(/\{([^}]+)\}/g, (_whole, key: string) => {
    const value = first && part !== undefined ? part : (parts[key] ?? "unknown");
    first = false;
    return value;
  });
}

async function ask(options: { way: Way; scene: Scene; odd: OddRequest }): Promise<Answered> {
  const { way, scene, odd } = options;
  const fuzzed = VALID_BODIES[way.key];
  if (fuzzed === undefined) throw new Error(`No valid body for ${way.key}`);
  const credentials: Record<string, string> = fuzzed.browser === true ? { cookie, origin: server.url } : { authorization: `Bearer ${token}` };
  const type: Record<string, string> = odd.contentType === undefined ? {} : { "content-type": odd.contentType };
  return sendRaw({ url: server.url, agent, method: way.method, path: fill(way, scene, odd.part), body: twistBody(fuzzed.valid(scene), odd.twists), headers: { ...credentials, ...type, ...odd.headers } });
}

interface Refusal {
  code: string;
  errors: { path: string; message: string }[] | undefined;
}

/** In the words of whichever surface it was. */
function readRefusal(way: Way, answer: Answered): Refusal {
  const json = JSON.parse(answer.text);
  if (way.kind === "mutation") return { code: json.error.data.app_code, errors: json.error.data.errors };
  if (way.path.startsWith("/api/package_releases/")) return { code: json.error.error_code, errors: undefined };
  expect(answer.type).toContain("application/problem+json");
  expect(json).toMatchObject({ success: false, status: answer.status, detail: expect.any(String), title: expect.any(String), request_id: expect.any(String) });
  return { code: json.code, errors: json.errors };
}

function checkRefusal(way: Way, answer: Answered): void {
  const { code, errors } = readRefusal(way, answer);
  expect(new Map<string, number>(Object.entries(ERROR_STATUS)).get(code)).toBe(answer.status);
  expect(answer.text).not.toMatch(/\bat .*\.(ts|js|mjs):\d+|node_modules|SELECT |INSERT |prisma/i);
  if (code !== "validation_failed" || way.path.startsWith("/api/package_releases/")) return;
  expect(errors?.length).toBeGreaterThan(0);
  for (const { path, message } of errors ?? []) expect([typeof path, typeof message, message === ""]).toEqual(["string", "string", false]);
}

it("every route and procedure that writes is fuzzed", () => {
  expect(Object.keys(VALID_BODIES).sort()).toEqual(WRITES.map((way) => way.key).sort());
});

describe("odd input is refused in words, and changes nothing", () => {
  it.each(WRITES.filter((way) => way.key in VALID_BODIES).map((way) => [way.key, way] as const))("%s", async (key, way) => {
    const settled = VALID_BODIES[key]?.settled === true;
    let scene = await setScene(settled);
    let before = await countRows(server.services);
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(oddRequest, async (odd) => {
        const answer = await ask({ way, scene, odd });
        expect(answer.status, answer.text.slice(0, 500)).toBeLessThan(500);
        if (answer.status < 400) {
          scene = await setScene(settled);
          before = await countRows(server.services);
          return;
        }
        refused += 1;
        checkRefusal(way, answer);
        expect(await countRows(server.services)).toEqual(before);
      }),
      { seed: seedOf(key), numRuns: RUNS, interruptAfterTimeLimit: 30_000 },
    );
    expect(refused).toBeGreaterThan(5);
    expect(Reflect.has({}, "polluted")).toBe(false);
  });
});
