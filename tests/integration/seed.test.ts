import { afterAll, beforeAll, expect, it } from "vitest";
import { seed, SEED_PEOPLE, SEED_WORKSPACE } from "../../prisma/seed";
import { openPlatform, type Platform } from "../support/platform";

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
});
afterAll(() => platform.close());

it("makes people, a shared workspace and the examples, once however often it runs", async () => {
  const { context } = platform;
  const first = await seed({ context });
  expect(first.buildIds).toHaveLength(context.pipelines.kinds().flatMap((kind) => context.pipelines.get(kind)?.examples ?? []).length);
  expect(first.buildIds.length).toBeGreaterThan(0);
  expect((await seed({ context })).buildIds).toEqual([]);
  const workspace = await context.database.db.workspace.findUniqueOrThrow({ where: { slug: SEED_WORKSPACE }, include: { members: true, packages: true } });
  expect(workspace.members.map((member) => member.role).sort()).toEqual(SEED_PEOPLE.map(({ role }) => role).sort());
  expect(workspace.packages).toHaveLength(first.buildIds.length);
});
