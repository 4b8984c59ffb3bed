import { execFile } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { pushTestRelease, settleTestBuild } from "../../factories/packages";
import { createTestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";

const root = fileURLToPath(new URL("../../..", import.meta.url));
let server: ApiServer;
beforeAll(async () => {
  server = await openApiServer();
});
afterAll(() => server.close());

function retention(...args: string[]): Promise<{ code: number; stdout: string }> {
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH, NODE_ENV: "production", DATABASE_URL: server.databaseUrl, STORAGE_DIR: server.blobDirectory, SLIPWAY_DATA_DIR: path.dirname(server.blobDirectory), SLIPWAY_RETENTION_DAYS: "7",
  };
  return new Promise((resolve) => {
    execFile(process.execPath, ["--import", "tsx", "src/cli.ts", "retention", ...args], { cwd: root, env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : error === null ? 0 : -1, stdout: stdout + (error === null ? "" : stderr) });
    });
  });
}

it("says what would go, and only then removes it", async () => {
  const { services } = server;
  const { db } = services.database;
  const ada = await createTestUser({ services });
  const { buildId, package: name } = await pushTestRelease({ services, owner: ada });
  await settleTestBuild({ services, buildId, status: "failed", artifacts: { "first/out.txt": { mediaType: "text/plain", content: "12345" } } });
  await db.build.update({ where: { id: buildId }, data: { completedAt: new Date(Date.now() - 8 * 86_400_000) } });
  const removedAt = async () => (await db.build.findUniqueOrThrow({ where: { id: buildId } })).contentRemovedAt;

  const text = await retention("--dry-run");
  expect(text).toMatchObject({ code: 0 });
  expect(text.stdout).toContain(`${name} #1  failed`);
  expect(text.stdout).toContain("Nothing was removed.");
  const plan = await retention("--dry-run", "--json");
  expect(JSON.parse(plan.stdout)).toMatchObject({ retention_days: 7, total: { count: 1, artifact_count: 1, artifact_bytes: 5 } });
  expect(await removedAt()).toBeNull();

  const done = await retention("--json");
  expect(JSON.parse(done.stdout)).toMatchObject({ builds: 1, artifacts: 1, artifact_bytes: 5 });
  expect(await removedAt()).not.toBeNull();
  expect(await db.artifact.count({ where: { buildId } })).toBe(0);
});
