import { Agent } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256Hex } from "~/domain/fingerprint";
import { pushTestRelease, settleTestBuild, writeTestLog } from "../../../factories/packages";
import { createTestUser } from "../../../factories/users";
import { openApiServer, type ApiServer } from "../../../support/api-server";
import { ROWS, type Scene } from "../../api/access/rows";
import { listWays, type Way } from "../../api/access/surface";
import { ODD_TEXTS, oddTwists, twistBody } from "./odd-requests";
import { sendRaw } from "./send-raw";

const seedOf = (key: string): number => Number.parseInt(sha256Hex(key).slice(0, 7), 16);
const RUNS = 25;

let server: ApiServer;
let token: string;
let cookie: string;
let scene: Scene;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

beforeAll(async () => {
  server = await openApiServer();
  const { services } = server;
  const owner = await createTestUser({ services });
  token = (await owner.token()).token;
  cookie = (await owner.cookie()).cookie;
  const pushed = await pushTestRelease({ services, owner });
  await writeTestLog({ services, buildId: pushed.buildId, lines: ["one", "two"] });
  await settleTestBuild({ services, buildId: pushed.buildId, artifacts: { "first/out.txt": { mediaType: "text/plain", content: "out" } } });
  scene = { package: pushed.package, workspace: owner.handle, releaseId: pushed.releaseId, buildId: pushed.buildId, tokenId: "none", sessionId: "none", unique: "none" };
});
afterAll(async () => {
  agent.destroy();
  await server.close();
});

/** Streams would go on: their cursors have tests of their own. */
const READS = listWays().filter((way) => way.kind === "query" || (way.kind === "http" && way.method === "GET" && !way.path.endsWith("/events")));

const NAMES = [
  "limit", "offset", "page", "page_size", "cursor", "q", "status", "kind", "package", "workspace", "release_id", "trigger", "ref", "label.a", "label.__proto__", "label.", "created_after", "created_before",
  "after_id", "from_stage_line", "stage", "tail", "number", "version", "include_logs", "download", "third_party_id", "extra", "__proto__",
];
const VALUES = [...ODD_TEXTS.filter((text) => text.length < 1_000 && text.isWellFormed()), "0", "1", "100", "101", "-1", "1.5", "2147483647", "2147483648", "9007199254740993", "1e309", "true", "running,failed", "first", "2026-01-01T00:00:00Z"];
const oddQuery = fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...VALUES)), { minLength: 1, maxLength: 4 });

function fill(path: string): string {
  const [owner = "", name = ""] = scene.package.split("/");
  const parts: Record<string, string> = { build_id: scene.buildId, release_id: scene.releaseId, workspace: scene.workspace, owner, name, "name...": "first/out.txt", slug: "hello" };
  return path.replace(/\{([^}]+)\}/g, (_whole, key: string) => parts[key] ?? "unknown");
}

async function ask(options: { way: Way; query: string }): Promise<{ status: number; text: string }> {
  const { way, query } = options;
  const headers: Record<string, string> = way.path.startsWith("tokens.") || way.path.startsWith("me.") || way.path.startsWith("signers.") ? { cookie } : { authorization: `Bearer ${token}` };
  return sendRaw({ url: server.url, agent, method: "GET", path: `${way.kind === "http" ? fill(way.path) : `/api/trpc/${way.path}`}?${query}`, headers });
}

describe("odd questions are answered or refused, never failed at", () => {
  it.each(READS.map((way) => [way.key, way] as const))("%s", async (key, way) => {
    const valid = ROWS[key]?.input?.(scene) ?? {};
    const query: fc.Arbitrary<string> =
      way.kind === "http"
        ? oddQuery.map((pairs) => new URLSearchParams(pairs).toString())
        : fc.oneof(oddTwists.map((twists) => `input=${encodeURIComponent(twistBody(Object.fromEntries(Object.entries(valid)), twists).slice(0, 6_000))}`), oddQuery.map((pairs) => `input=${encodeURIComponent(JSON.stringify({ ...valid, ...Object.fromEntries(pairs.map(([name, value]) => [name, Number(value) || value])) }))}`));
    await fc.assert(
      fc.asyncProperty(query, async (text) => {
        const answer = await ask({ way, query: text });
        expect(answer.status, answer.text.slice(0, 500)).toBeLessThan(500);
      }),
      { seed: seedOf(key), numRuns: RUNS, interruptAfterTimeLimit: 30_000 },
    );
  });
});

it("numbers beyond what the database counts to are refused or answered in each place that takes a number", async () => {
  const faults: string[] = [];
  for (const way of READS) {
    if (way.kind !== "http") continue;
    for (const name of ["limit", "offset", "page", "page_size", "after_id", "from_stage_line", "tail"]) {
      for (const value of [2_000_000_000, 2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1]) {
        const query = `${name}=${value}${name === "from_stage_line" ? "&stage=first" : ""}${name === "page" ? "&page_size=100" : ""}${name === "offset" ? "&limit=100" : ""}`;
        const answer = await ask({ way, query });
        if (answer.status >= 500) faults.push(`${way.key}?${query}: ${answer.status}`);
      }
    }
  }
  const numbered = await ask({ way: { key: "", kind: "query", method: "GET", path: "builds.get" }, query: `input=${encodeURIComponent(JSON.stringify({ package: scene.package, number: 2 ** 31 }))}` });
  if (numbered.status >= 500) faults.push(`builds.get: ${numbered.status}`);
  expect(faults).toEqual([]);
});
