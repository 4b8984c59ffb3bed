import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pushTestRelease, settleTestBuild } from "../../../factories/packages";
import { openApiServer, type ApiServer, type AskOptions } from "../../../support/api-server";
import { countRows } from "../../../support/row-counts";
import { openReading, openSocket } from "../../../support/stream-clients";
import { CALLERS, createCast, type Caller, type Cast } from "./callers";
import { ROWS, type Row, type Scene } from "./rows";
import { listWays, type Way } from "./surface";

let server: ApiServer;
let cast: Cast;

beforeAll(async () => {
  server = await openApiServer();
  cast = await createCast(server);
});
afterAll(() => server.close());

async function setScene({ settled = false, own = false }: Row): Promise<Scene> {
  const { services } = server;
  const { owner } = cast;
  const pushed = await pushTestRelease({ services, owner });
  if (settled) await settleTestBuild({ services, buildId: pushed.buildId, artifacts: { "first/out.txt": { mediaType: "text/plain", content: "out" } } });
  return {
    package: pushed.package,
    workspace: owner.handle,
    releaseId: pushed.releaseId,
    buildId: pushed.buildId,
    tokenId: own ? (await owner.token()).id : "none",
    sessionId: own ? (await owner.cookie()).sessionId : "none",
    unique: randomBytes(5).toString("hex"),
  };
}

/** Everything of the package that could be changed, and how many rows there are of anything. */
async function snapshot(scene: Scene): Promise<unknown> {
  const { db } = server.services.database;
  const [slug, name] = scene.package.split("/");
  const row = await db.package.findFirst({
    where: { name, workspace: { slug } },
    include: { releases: { include: { files: { orderBy: { path: "asc" } }, stages: { orderBy: { key: "asc" } } } }, builds: { include: { stages: { orderBy: { key: "asc" } } } } },
  });
  const user = await db.user.findUniqueOrThrow({ where: { id: cast.owner.actor.userId } });
  const token = await db.apiToken.findUnique({ where: { id: scene.tokenId } });
  // Browsers sign in for each call.
  const counts = { ...(await countRows(server.services)), session: 0 };
  return JSON.parse(JSON.stringify({ row, user: [user.name, user.passwordHash], revokedAt: token?.revokedAt, session: await db.session.count({ where: { id: scene.sessionId } }), counts }, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value)));
}

type Outcome = "ok" | number;

async function ask(options: { way: Way; row: Row; scene: Scene; caller: Caller }): Promise<Outcome> {
  const { way, row, scene, caller } = options;
  const credentials = await cast.credentials(caller);
  if (way.kind === "socket") return askSocket({ path: fill(way.path, scene), credentials });
  const input = row.input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(row.input(scene)))}`;
  if (way.kind === "subscription") return askSubscription({ path: `/api/trpc/${way.path}${input}`, credentials });
  const answer =
    way.kind === "http"
      ? await server.ask(`${fill(way.path, scene)}${row.query ?? ""}`, { ...credentials, method: way.method, json: row.json?.(scene) })
      : way.kind === "query"
        ? await server.ask(`/api/trpc/${way.path}${input}`, credentials)
        // Sign-ups are counted by address: each caller has one of its own.
        : await server.ask(`/api/trpc/${way.path}`, { ...credentials, method: "POST", json: row.input?.(scene) ?? {}, headers: { "x-forwarded-for": `192.0.2.${CALLERS.indexOf(caller) + 1}` } });
  const code: unknown = answer.json?.code ?? answer.json?.error?.data?.app_code;
  if (answer.status < 400 || (row.okCode !== undefined && code === row.okCode)) return "ok";
  return answer.status;
}

function fill(template: string, scene: Scene): string {
  const [owner = "", name = ""] = scene.package.split("/");
  const parts: Record<string, string> = { build_id: scene.buildId, release_id: scene.releaseId, workspace: scene.workspace, owner, name, "name...": "first/out.txt", slug: "hello" };
  return template.replace(/\{([^}]+)\}/g, (_whole, part: string) => parts[part] ?? `no-${part}-in-the-scene`);
}

const toHeaders = ({ token, cookie, origin }: AskOptions): Record<string, string> => ({
  ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  ...(cookie === undefined ? {} : { cookie, origin: origin ?? server.url }),
});

async function askSocket({ path, credentials }: { path: string; credentials: AskOptions }): Promise<Outcome> {
  const socket = await openSocket({ url: server.url, path, headers: toHeaders(credentials) });
  const outcome = await Promise.race([socket.until(() => true).then(() => "ok" as const, () => null), socket.closed().then((end) => end.code - 4000)]);
  socket.ws.terminate();
  return outcome ?? (await socket.closed()).code - 4000;
}

async function askSubscription({ path, credentials }: { path: string; credentials: AskOptions }): Promise<Outcome> {
  const reading = await openReading({ url: server.url, path, headers: { accept: "text/event-stream", ...toHeaders(credentials) } });
  const status = reading.response.statusCode ?? 0;
  if (status >= 400) {
    reading.close();
    return status;
  }
  // A stream that never ends shows by its first words that it is open; the one of a build says more.
  const text = await reading.until(path.includes("onChange") ? /event: connected/ : /event: (return|serialized-error)\ndata: .*\n/);
  reading.close();
  return Number(/"httpStatus":(\d+)/.exec(text)?.[1] ?? 0) || "ok";
}

const WAYS = listWays();

it("every way into the product has a row, and every row is of a way that exists", () => {
  const keys = WAYS.map((way) => way.key).sort();
  expect(Object.keys(ROWS).sort()).toEqual(keys);
});

describe("what each caller is answered", () => {
  it.each(WAYS.filter((way) => way.key in ROWS).map((way) => [way.key, way] as const))("%s", async (key, way) => {
    const row = ROWS[key];
    if (row === undefined) throw new Error(`No row for ${key}`);
    const scene = await setScene(row);
    const before = await snapshot(scene);
    const outcomes: Partial<Record<Caller, Outcome>> = {};
    for (const caller of CALLERS) {
      if (row.changes !== true || row.expected[caller] !== "ok") outcomes[caller] = await ask({ way, row, scene, caller });
    }
    expect(await snapshot(scene), "what a refused caller, or one who only looked, has changed").toEqual(before);
    for (const caller of CALLERS) {
      if (caller in outcomes) continue;
      const own = await setScene(row);
      const untouched = JSON.stringify(await snapshot(own));
      outcomes[caller] = await ask({ way, row, scene: own, caller });
      expect(JSON.stringify(await snapshot(own)), `what ${caller} was to change`).not.toBe(untouched);
    }
    expect(outcomes).toEqual(row.expected);
  });
});
