import { afterAll, beforeAll, expect, it } from "vitest";
import { sweepExpired } from "~/server/services/housekeeping/sweep-expired";
import { takeFromLimit } from "~/server/services/limits/take-from-limit";
import { createTestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";

let server: ApiServer;

beforeAll(async () => {
  server = await openApiServer();
});
afterAll(() => server.close());

it("removes what is past its time, and nothing that still counts", async () => {
  const { services } = server;
  const { db } = services.database;
  const ada = await createTestUser({ services });
  await ada.cookie();
  await takeFromLimit({ context: services, key: "swept", limit: 5, windowSeconds: 60 });
  await db.idempotencyKey.create({ data: { userId: ada.actor.userId, key: "k", requestHash: "h", expiresAt: new Date(Date.now() + 86_400_000) } });
  const count = async () => [await db.session.count(), await db.idempotencyKey.count(), await db.rateCounter.count({ where: { key: "swept" } })];

  expect(await sweepExpired({ context: services })).toBe(0);
  expect(await count()).toEqual([1, 1, 1]);
  await sweepExpired({ context: services, now: Date.now() + 2 * 86_400_000 });
  expect(await count()).toEqual([1, 0, 0]);
  await sweepExpired({ context: services, now: Date.now() + 31 * 86_400_000 });
  expect(await count()).toEqual([0, 0, 0]);
});
