/**
 * Something to look at while developing: three people, a workspace that they share, and every pipeline's examples, pushed
 * like any release, so that a running worker builds them. Running it again changes nothing.
 */
import type { Actor } from "../src/domain/actor";
import { createId } from "../src/domain/ids";
import { submitFiles } from "../src/server/services/builds/submit-build";
import type { ServiceContext } from "../src/server/services/context";
import { listExamples } from "../src/server/services/examples/list-examples";
import { createUser } from "../src/server/services/users/create-user";
import { hashPassword } from "../src/server/services/users/password-hash";

export const SEED_PASSWORD = "slipway-development";
export const SEED_WORKSPACE = "harbour";
export const SEED_PEOPLE = [
  { handle: "maker", name: "Mara Maker", role: "owner" },
  { handle: "mate", name: "Milo Mate", role: "member" },
  { handle: "watcher", name: "Wanda Watcher", role: "viewer" },
] as const;

/** Answers the builds that it started: none the second time. */
export async function seed({ context }: { context: ServiceContext }): Promise<{ buildIds: string[] }> {
  const { db } = context.database;
  const passwordHash = await hashPassword(SEED_PASSWORD);
  const people = await db.$transaction(async (tx) => {
    const users = [];
    for (const { handle, name } of SEED_PEOPLE) {
      const email = `${handle}@example.com`;
      users.push((await tx.user.findUnique({ where: { email } })) ?? (await createUser({ tx, email, handle, name, passwordHash })));
    }
    const workspace = await tx.workspace.upsert({
      where: { slug: SEED_WORKSPACE },
      create: { id: createId("workspace"), slug: SEED_WORKSPACE, name: "Harbour works" },
      update: {},
    });
    for (const [index, user] of users.entries()) {
      const role = SEED_PEOPLE[index]?.role ?? "viewer";
      const key = { workspaceId: workspace.id, userId: user.id };
      await tx.membership.upsert({ where: { workspaceId_userId: key }, create: { ...key, role }, update: { role } });
    }
    return users;
  });
  const maker = people[0];
  if (maker === undefined) throw new Error("The seed has nobody to act as.");
  const actor: Actor = { userId: maker.id, handle: maker.handle, name: maker.name, email: maker.email, image: null, role: maker.role, via: "session", scopes: [] };

  const buildIds: string[] = [];
  for (const example of listExamples({ context })) {
    const there = await db.package.count({ where: { name: example.slug, workspace: { slug: SEED_WORKSPACE } } });
    if (there > 0) continue;
    const build = await submitFiles({
      context,
      actor,
      requestId: null,
      kind: example.kind,
      package: `${SEED_WORKSPACE}/${example.slug}`,
      files: [...example.files],
      options: example.options === undefined ? undefined : { ...example.options },
      labels: { seeded: "true" },
    });
    buildIds.push(build.buildId);
  }
  return { buildIds };
}
