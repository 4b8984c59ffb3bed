/** Packages, releases and builds. */
import { randomBytes } from "node:crypto";
import { createId } from "~/domain/ids";
import type { BuildStatus } from "~/domain/statuses";
import type { Build, Package, Prisma } from "~/server/db/generated/client";
import type { ServiceContext } from "~/server/services/context";
import { submitFiles } from "~/server/services/builds/submit-build";
import type { TestUser } from "./users";

export interface TestPackage {
  row: Package;
  /** `workspace/name`. */
  name: string;
}

/** In the owner's personal workspace. */
export async function createTestPackage(options: {
  services: ServiceContext;
  owner: TestUser;
  name?: string;
  visibility?: "private" | "public";
  labels?: Record<string, string>;
}): Promise<TestPackage> {
  const { services, owner, visibility = "private" } = options;
  const name = options.name ?? `pkg-${randomBytes(5).toString("hex")}`;
  const row = await services.database.db.package.create({
    data: { id: createId("package"), workspaceId: owner.workspaceId, name, kind: "project", visibility, labels: options.labels ?? {} },
  });
  return { row, name: `${owner.handle}/${name}` };
}

/** Pushes files as the owner; the build that it makes stays pending, for no worker runs. */
export async function pushTestRelease(options: {
  services: ServiceContext;
  owner: TestUser;
  package?: string;
  version?: string;
  files?: Record<string, string>;
}): Promise<{ package: string; releaseId: string; buildId: string; number: number }> {
  const { services, owner, version, files = { "first.sh": "echo first", "README.md": "# Read me" } } = options;
  const name = options.package ?? `${owner.handle}/pkg-${randomBytes(5).toString("hex")}`;
  const build = await submitFiles({
    context: services,
    actor: owner.actor,
    requestId: null,
    kind: "project",
    package: name,
    version,
    files: Object.entries(files).map(([path, content]) => ({ path, content })),
  });
  return { package: name, releaseId: build.releaseId, buildId: build.buildId, number: build.number };
}

/** Ends a build as if a worker had run it. */
export async function settleTestBuild(options: {
  services: ServiceContext;
  buildId: string;
  status?: BuildStatus;
  durationMs?: number;
  /** Name → content; of the stage `first`. */
  artifacts?: Record<string, { mediaType: string; content: string | Uint8Array }>;
  toolchain?: Record<string, string>;
  error?: { code: string; message: string };
}): Promise<Build> {
  const { services, buildId, status = "successful", durationMs = 1_000, artifacts = {}, toolchain = { sh: "1" }, error } = options;
  const { db } = services.database;
  const stage = await db.buildStage.findUniqueOrThrow({ where: { buildId_key: { buildId, key: "first" } } });
  const inputs: Prisma.InputJsonObject = { files: {}, options: {}, toolchain, stageVersion: 1, needs: {} };
  await db.buildStage.updateMany({ where: { buildId }, data: { status, durationMs } });
  await db.buildStage.update({ where: { id: stage.id }, data: { inputs } });
  for (const [name, { mediaType, content }] of Object.entries(artifacts)) {
    const stored = await services.blobs.put(Buffer.from(content));
    await db.artifact.create({ data: { id: createId("artifact"), buildId, buildStageId: stage.id, stageKey: "first", name, mediaType, ...stored } });
  }
  const now = new Date();
  return db.build.update({
    where: { id: buildId },
    data: { status, durationMs, startedAt: now, completedAt: now, errorCode: error?.code, errorMessage: error?.message, errorStage: error === undefined ? undefined : "first" },
  });
}

/** Writes log lines of one stage straight into the chunks, `perChunk` lines each. */
export async function writeTestLog(options: { services: ServiceContext; buildId: string; stage?: string; lines: readonly string[]; perChunk?: number; stream?: string }): Promise<void> {
  const { services, buildId, stage = "first", lines, perChunk = 10, stream = "stdout" } = options;
  const { db } = services.database;
  for (let start = 0; start < lines.length; start += perChunk) {
    const part = lines.slice(start, start + perChunk);
    await db.$transaction(async (tx) => {
      const row = await tx.buildStage.findUniqueOrThrow({ where: { buildId_key: { buildId, key: stage } } });
      const build = await tx.build.update({
        where: { id: buildId },
        data: { lastLine: { increment: part.length }, lastEventId: { increment: part.length } },
      });
      await tx.logChunk.create({
        data: {
          buildId,
          firstLine: build.lastLine - part.length + 1,
          firstStageLine: row.logLines + 1,
          firstEventId: build.lastEventId - part.length + 1,
          lineCount: part.length,
          stageKey: stage,
          attempt: 1,
          stream,
          body: part.join("\n"),
        },
      });
      await tx.buildStage.update({ where: { id: row.id }, data: { logLines: { increment: part.length } } });
    });
  }
}
