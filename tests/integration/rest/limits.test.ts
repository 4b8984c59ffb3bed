import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pushTestRelease, settleTestBuild } from "../../factories/packages";
import { createTestUser } from "../../factories/users";
import { openApiServer, type Answer, type ApiServer } from "../../support/api-server";
import { leaseFromLimit } from "~/server/services/limits/lease-from-limit";
import { takeFromLimit } from "~/server/services/limits/take-from-limit";

let server: ApiServer;
/** A window of a hundred years: no test may meet its end. */
const CENTURY = 3_153_600_000;

beforeAll(async () => {
  server = await openApiServer({ settings: { limits: { builds: 2, writes: 3, reads: 5 } } });
});
afterAll(() => server.close());

/**
 * A new user's calls that all fell into one window of the clock; when the minute turned in between, the calls of another
 * user are taken.
 */
async function callsInOneWindow(paths: readonly string[]): Promise<Answer[]> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const user = await createTestUser({ services: server.services });
    const { token } = await user.token();
    const answers: Answer[] = [];
    for (const path of paths) answers.push(await server.ask(path, { token }));
    const resets = answers.map((answer) => Number(answer.headers.get("ratelimit-reset")));
    if (resets.every((reset, index) => index === 0 || reset <= (resets[index - 1] ?? 0))) return answers;
  }
  throw new Error("The minute turned three times.");
}

/** Until one is refused; the window may turn over in between, so the count is a lower bound. */
async function untilRefused(ask: () => Promise<{ status: number }>): Promise<number> {
  for (let count = 1; count <= 20; count += 1) if ((await ask()).status === 429) return count;
  throw new Error("Nothing was refused in 20 calls.");
}

describe("limits", () => {
  it("hold for reads, tell what is left and when to come back", async () => {
    const answers = await callsInOneWindow(Array(6).fill("/api/v1/me"));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers.map((answer) => answer.headers.get("ratelimit-remaining"))).toEqual(["4", "3", "2", "1", "0", "0"]);
    const refused = answers.at(-1);
    expect(refused?.json).toMatchObject({ code: "too_many_requests", status: 429 });
    expect(refused?.headers.get("ratelimit-limit")).toBe("5");
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
  });

  it("count downloads, tRPC and REST of one user together, and users apart", async () => {
    const paths = ["/api/v1/builds/build_x/artifacts.zip", "/api/trpc/me.get", "/api/v1/me"];
    for (const answers of [await callsInOneWindow(paths), await callsInOneWindow(paths)]) {
      expect(answers.map((answer) => answer.headers.get("ratelimit-remaining"))).toEqual(["4", "3", "2"]);
    }
  });

  it("are tighter for new builds than for other writes", async () => {
    const dan = await createTestUser({ services: server.services });
    const { token } = await dan.token();
    const json = { kind: "project", package: `${dan.handle}/many`, files: [{ path: "first.sh", content: "echo" }] };
    expect(await untilRefused(() => server.ask("/api/v1/builds", { token, json }))).toBeGreaterThanOrEqual(3);
    const write = await server.ask("/api/v1/packages", { token, json: { package: `${dan.handle}/other`, kind: "project" } });
    expect(write.status).toBe(201);
  });

  it("of new builds are for builds that were made: a refused one counts as any other write, and no more of those are let through", async () => {
    const eve = await createTestUser({ services: server.services });
    const { token } = await eve.token();
    const push = (files: unknown) => server.ask("/api/v1/builds", { token, json: { kind: "project", package: `${eve.handle}/refused`, files } });
    const attempt = async () => [await push([]), await push([]), await push([{ path: "first.sh", content: "echo" }]), await push([]), await push([]), await push([]), await push([])];
    const answers = await attempt();
    const resets = answers.map((answer) => Number(answer.headers.get("ratelimit-reset")));
    // When the minute turned in between, the limits began anew: nothing can be said then of the last ones.
    const inOneWindow = resets.every((reset, index) => index === 0 || reset <= (resets[index - 1] ?? 0));
    expect(answers.slice(0, 3).map((answer) => [answer.status, answer.headers.get("ratelimit-limit"), answer.headers.get("ratelimit-remaining")])).toEqual([[422, "2", "2"], [422, "2", "2"], [202, "2", "1"]]);
    if (inOneWindow) expect(answers.slice(3).map((answer) => answer.status)).toEqual([422, 422, 429, 429]);
  });

  it("of a rebuild by the package registry's name are those of new builds", async () => {
    const eve = await createTestUser({ services: server.services });
    const { releaseId, buildId } = await pushTestRelease({ services: server.services, owner: eve });
    await settleTestBuild({ services: server.services, buildId });
    const rebuilt = await server.ask("/api/package_releases/rebuild", { token: (await eve.token()).token, json: { package_release_id: releaseId } });
    expect([rebuilt.status, rebuilt.headers.get("ratelimit-limit")]).toEqual([200, "2"]);
  });

  it("do not hold for probes", async () => {
    for (let count = 0; count < 12; count += 1) expect((await server.ask("/api/health/ready")).status).toBe(200);
  });

  it("hold exactly when many processes count at once", async () => {
    const states = await Promise.all(
      Array.from({ length: 40 }, () => takeFromLimit({ context: server.services, key: "exact", limit: 15, windowSeconds: 86_400 })),
    );
    expect(states.filter((state) => state.allowed)).toHaveLength(15);
    expect(states.every((state) => state.resetSeconds >= 1 && state.resetSeconds <= 86_400)).toBe(true);
  });

  it("say their policy", async () => {
    const user = await createTestUser({ services: server.services });
    const { headers } = await server.ask("/api/v1/me", { token: (await user.token()).token });
    expect(headers.get("ratelimit-policy")).toBe("5;w=60");
  });
});

describe("two processes on one database", () => {
  let other: ApiServer;
  beforeAll(async () => {
    other = await openApiServer({ beside: server, settings: server.environment.settings });
  });
  afterAll(() => other.close());

  it("count new builds together", async () => {
    const user = await createTestUser({ services: server.services });
    const { token } = await user.token();
    const json = { kind: "project", package: `${user.handle}/both`, files: [{ path: "first.sh", content: "echo" }] };
    // Six at once are in one window, or in two at most.
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? server : other).ask("/api/v1/builds", { token, json })));
    const made = answers.filter((answer) => answer.status === 202).length;
    expect(made).toBeGreaterThanOrEqual(2);
    expect(made).toBeLessThanOrEqual(4);
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(12 - made);
  });

  it("never allow more reads than the limit together, whatever each took ahead", async () => {
    const key = { key: "leased", limit: 1_000, windowSeconds: CENTURY };
    const take = (services: ApiServer["services"]) => leaseFromLimit({ context: services, ...key });
    const states = await Promise.all(Array.from({ length: 3_000 }, (_, index) => take(index % 3 === 0 ? other.services : server.services)));
    expect(states.filter((state) => state.allowed)).toHaveLength(1_000);
    expect(states.filter((state) => !state.allowed).every((state) => state.remaining === 0)).toBe(true);
  });

  it("refuse early by no more than what the other holds", async () => {
    const key = { key: "held", limit: 800, windowSeconds: CENTURY };
    // Takes a block of an eighth and uses one of it.
    await leaseFromLimit({ context: other.services, ...key });
    let allowed = 0;
    while ((await leaseFromLimit({ context: server.services, ...key })).allowed) allowed += 1;
    expect(allowed).toBe(700);
    // The held block is still good for its holder.
    expect((await leaseFromLimit({ context: other.services, ...key })).allowed).toBe(true);
  });

  it("tell one process alone exactly what is left", async () => {
    const key = { key: "exact-alone", limit: 100, windowSeconds: CENTURY };
    const left: number[] = [];
    for (let count = 0; count < 101; count += 1) left.push((await leaseFromLimit({ context: server.services, ...key })).remaining);
    expect(left).toEqual([...Array.from({ length: 100 }, (_, index) => 99 - index), 0]);
  });

  it("write to the database once for many reads", async () => {
    const key = { key: "cheap", limit: 100_000, windowSeconds: CENTURY };
    let writes = 0;
    const { pool } = server.services.database;
    const counting = new Proxy(pool, { get: (target, name) => (name === "query" ? (...all: Parameters<typeof pool.query>) => ((writes += 1), target.query(...all)) : Reflect.get(target, name)) });
    const context = { database: { pool: counting } };
    for (let count = 0; count < 5_000; count += 1) await leaseFromLimit({ context, ...key });
    expect(writes).toBe(20);
  });
});
