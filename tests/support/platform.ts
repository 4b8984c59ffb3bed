/** The platform as a test sees it: a database of its own, the services, worker processes, and a person to act as. */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Chain } from "~/chains";
import type { Actor } from "~/domain/actor";
import { createId } from "~/domain/ids";
import { sha256Hex } from "~/domain/fingerprint";
import { isFinal, type BuildStatus } from "~/domain/statuses";
import { createEngine } from "~/engine";
import { createInngest, sendWorkflowEvents } from "~/inngest/client";
import { createBuild, type NewBuild } from "~/server/services/builds/create-build";
import { refreshStaleness } from "~/server/services/builds/refresh-staleness";
import type { Logger } from "~/server/services/context";
import { createServiceContext, type OpenedServiceContext } from "~/server/services/create-context";
import { writeManifest } from "~/server/services/releases/file-manifest";
import { streamBuild, type BuildFrame, type LinesFrame } from "~/server/services/builds/stream-build";
import { createDeploymentRegistry, openTestChains, TEST_INSTALLATION_SECRET } from "./deployment-pipeline";
import { createTestDatabase } from "./database";
import { fixtureRegistry } from "./fixture-pipeline";

export interface WorkerProcess {
  child: ChildProcess;
  workerId: string;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface StartWorkerProcessOptions {
  slots?: number;
  databaseUrl?: string;
  /** Collector of the worker's traces. */
  otlpEndpoint?: string;
  /** Given every line that the worker logs, from level info on; default: warnings go to the test's own output. */
  onLogLine?: (line: string) => void;
}

export interface Platform {
  context: OpenedServiceContext;
  actor: Actor;
  folder: string;
  databaseUrl: string;
  startWorker(options?: StartWorkerProcessOptions): Promise<WorkerProcess>;
  /** Pushes scripts as a new release of a package of its own (or of `packageId`) and starts its build. */
  push(scripts: Record<string, string>, options?: { packageId?: string; version?: string }): Promise<NewBuild & { releaseId: string; packageId: string }>;
  /** Replaces the release's files, marks what went stale and starts a build, as changing files does. */
  changeFiles(releaseId: string, scripts: Record<string, string>): Promise<NewBuild>;
  /** Waits on the build's own events until it is over. */
  finished(buildId: string): Promise<BuildStatus>;
  /** Waits for the first line frame of the stage whose text matches. */
  seesLine(buildId: string, pattern: RegExp): Promise<void>;
  close(): Promise<void>;
}

const WORKER = fileURLToPath(new URL("./worker-process.ts", import.meta.url));
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export interface OpenPlatformOptions {
  /** A database that the test owns; default: a clone of the template. */
  database?: { url: string; drop(): Promise<void> };
  /** Of the services in the test's own process; default: silent. */
  logger?: Logger;
  /** Chains to deploy to: the pipeline is then the one of `deployment-pipeline.ts`. */
  chains?: readonly Chain[];
}

export async function openPlatform(options: OpenPlatformOptions = {}): Promise<Platform> {
  const database = options.database ?? (await createTestDatabase());
  const folder = await mkdtemp(path.join(tmpdir(), "slipway-platform-"));
  const chains = options.chains === undefined ? undefined : openTestChains({ chains: options.chains, folder, host: false });
  const context = await createServiceContext({
    databaseUrl: database.url,
    blobDirectory: path.join(folder, "blobs"),
    pipelines: chains === undefined ? fixtureRegistry : createDeploymentRegistry({ chains }),
    chains,
    secretKey: TEST_INSTALLATION_SECRET,
    logger: options.logger ?? SILENT,
    createSend: ({ pool }) => {
      const inngest = createInngest({ pool, server: undefined });
      return (events) => sendWorkflowEvents({ inngest, events });
    },
  });
  const migrator = createEngine({ pool: context.database.pool, handler: () => Promise.reject(new Error("not served")), workerId: "migrator" });
  await migrator.migrate();
  const actor = await createPerson(context);
  const workers = new Set<WorkerProcess>();

  const storeFiles = async (scripts: Record<string, string>) => {
    const files: Record<string, { sha256: string; size: number }> = {};
    for (const [name, text] of Object.entries(scripts)) files[`${name}.sh`] = await context.blobs.put(Buffer.from(text));
    return { files, filesDigest: await writeManifest({ blobs: context.blobs, manifest: { files } }) };
  };

  const platform: Platform = {
    context,
    actor,
    folder,
    databaseUrl: database.url,
    async startWorker({ slots = 4, databaseUrl = database.url, otlpEndpoint, onLogLine } = {}) {
      const settings = JSON.stringify({ databaseUrl, folder, slots, otlpEndpoint, chains: options.chains, logLevel: onLogLine === undefined ? "warn" : "info" });
      const child = fork(WORKER, [settings], { execArgv: ["--import", "tsx"], stdio: ["ignore", onLogLine === undefined ? "inherit" : "pipe", "inherit", "ipc"] });
      if (onLogLine !== undefined && child.stdout !== null) createInterface({ input: child.stdout }).on("line", onLogLine);
      const gone = once(child, "exit");
      const [message] = await Promise.race([once(child, "message"), gone.then(() => Promise.reject(new Error("The worker ended before it was ready.")))]);
      const worker: WorkerProcess = {
        child,
        workerId: message.workerId,
        kill: async () => {
          child.kill("SIGKILL");
          await gone;
          workers.delete(worker);
        },
        stop: async () => {
          child.kill("SIGTERM");
          await gone;
          workers.delete(worker);
        },
      };
      workers.add(worker);
      return worker;
    },
    async push(scripts, { packageId, version = "0.1.0" } = {}) {
      const { files, filesDigest } = await storeFiles(scripts);
      const workspace = await context.database.db.workspace.findFirstOrThrow({ where: { personalUserId: actor.userId } });
      const build = await context.database.db.$transaction(async (tx) => {
        const owner = packageId ?? createId("package");
        if (packageId === undefined) {
          await tx.package.create({ data: { id: owner, workspaceId: workspace.id, name: `scripts-${sha256Hex(owner).slice(0, 8)}`, kind: "project" } });
        }
        const releaseId = createId("release");
        await tx.release.create({
          data: { id: releaseId, packageId: owner, version, filesDigest, fileCount: Object.keys(files).length, totalSize: 0, createdById: actor.userId },
        });
        const created = await createBuild({ context, tx, releaseId, trigger: "push", requestedBy: actor.userId, requestId: null });
        return { ...created, releaseId, packageId: owner };
      });
      context.kickOutbox();
      return build;
    },
    async changeFiles(releaseId, scripts) {
      const { filesDigest } = await storeFiles(scripts);
      const build = await context.database.db.$transaction(async (tx) => {
        await tx.release.update({ where: { id: releaseId }, data: { filesDigest } });
        await refreshStaleness({ context, tx, releaseId });
        return createBuild({ context, tx, releaseId, trigger: "files_changed", requestedBy: actor.userId, requestId: null });
      });
      context.kickOutbox();
      return build;
    },
    async finished(buildId) {
      for await (const frame of streamBuild({ context, buildId, afterEventId: 0, signal: AbortSignal.timeout(90_000) })) void frame;
      const { status } = await context.database.db.build.findUniqueOrThrow({ where: { id: buildId } });
      if (!isFinal(status)) throw new Error(`Build ${buildId} is still ${status} after 90 s.`);
      return status;
    },
    async seesLine(buildId, pattern) {
      for await (const frame of streamBuild({ context, buildId, afterEventId: 0, signal: AbortSignal.timeout(60_000) })) {
        if (frame.type === "lines" && frame.lines.some((line) => pattern.test(line))) return;
      }
      const log = await readLog(platform, buildId);
      throw new Error(`No line of build ${buildId} matches ${pattern}. Its log:\n${log.map((line) => `${line.stage}: ${line.text}`).join("\n")}`);
    },
    async close() {
      await Promise.all([...workers].map((worker) => worker.stop()));
      await context.close();
      await rm(folder, { recursive: true, force: true });
      await database.drop();
    },
  };
  return platform;
}

async function createPerson(context: OpenedServiceContext): Promise<Actor> {
  const userId = createId("user");
  const handle = `person-${sha256Hex(userId).slice(0, 8)}`;
  const email = `${handle}@example.com`;
  await context.database.db.user.create({
    data: {
      id: userId, email, handle, name: handle,
      personal: { create: { id: createId("workspace"), slug: handle, name: handle, members: { create: { userId, role: "owner" } } } },
    },
  });
  return { userId, handle, name: handle, email, image: null, role: "user", via: "session", scopes: [] };
}

/** Every frame of a finished build, from the beginning. */
export async function readFrames(platform: Platform, buildId: string, afterEventId = 0): Promise<BuildFrame[]> {
  const frames: BuildFrame[] = [];
  for await (const frame of streamBuild({ context: platform.context, buildId, afterEventId, signal: AbortSignal.timeout(60_000) })) frames.push(frame);
  return frames;
}

export interface NumberedLine {
  line: number;
  stage: string;
  stageLine: number;
  stream: string;
  text: string;
}

/** The build's log, line by line, in the order of the stream. */
export async function readLog(platform: Platform, buildId: string): Promise<NumberedLine[]> {
  const frames = (await readFrames(platform, buildId)).filter((frame): frame is LinesFrame => frame.type === "lines");
  return frames.flatMap((frame) =>
    frame.lines.map((text, index) => ({ line: frame.first_line + index, stage: frame.stage, stageLine: frame.first_stage_line + index, stream: frame.stream, text })),
  );
}
