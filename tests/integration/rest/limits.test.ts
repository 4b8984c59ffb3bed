import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestUser } from "../../factories/users";
import { openApiServer, type Answer, type ApiServer } from "../../support/api-server";
import { takeFromLimit } from "~/server/services/limits/take-from-limit";

let server: ApiServer;

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
});
