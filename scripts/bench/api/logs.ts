/** How fast a log is written, and how fast its first page comes back. */
import { createId } from "../../../src/domain/ids";
import type { Database } from "../../../src/server/db/client";
import { createLogWriter } from "../../../src/server/services/builds/log-writer";
import type { Report } from "../report";
import { formatMs, percentile } from "../statistics";

const LINES = 200_000;
const PAGES = 50;

export async function measureLogs({ url, token, database, report }: { url: string; token: string; database: Database; report: Report }): Promise<void> {
  const { buildId, stageId } = await makeRunningBuild(database);
  const began = performance.now();
  const log = createLogWriter({ pool: database.pool, buildId, stageId, fence: 1, logLines: 0, secrets: [], onLost: () => process.stderr.write("The log's claim was lost.\n") });
  // As a command's output arrives: in pieces of 16 KB that end anywhere.
  const text = Buffer.from(Array.from({ length: LINES }, (_, line) => `line ${line}: a part was placed at ${line % 997} mm, and its trace has been routed\n`).join(""));
  for (let at = 0; at < text.byteLength; at += 16_384) await log.output({ stream: "stdout", bytes: text.subarray(at, at + 16_384) });
  await log.close();
  const perSecond = LINES / ((performance.now() - began) / 1000);
  report.note({ what: `Log lines taken in, numbered and committed (${LINES.toLocaleString("en")} lines, ${(text.byteLength / 2 ** 20).toFixed(1)} MB)`, figure: `${Math.round(perSecond).toLocaleString("en")}/s`, aim: "≥ 50,000/s", met: perSecond >= 50_000 });

  for (const [title, query] of [["First page", ""], ["A page in the middle", "&after_id=100000"]] as const) {
    const times: number[] = [];
    for (let turn = 0; turn < PAGES; turn += 1) {
      const asked = performance.now();
      const answer = await fetch(`${url}/api/v1/builds/${buildId}/logs?limit=1000${query}`, { headers: { authorization: `Bearer ${token}` } });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`The log answered ${answer.status}.`);
      times.push(performance.now() - asked);
    }
    report.note({ what: `${title} (1,000 lines) of that log, over HTTP`, figure: `p50 ${formatMs(percentile(times, 0.5))}, p95 ${formatMs(percentile(times, 0.95))}`, aim: "< 100 ms", met: percentile(times, 0.95) < 100 });
  }
}

async function makeRunningBuild({ db }: Database): Promise<{ buildId: string; stageId: string }> {
  const workspace = await db.workspace.findFirstOrThrow({ where: { slug: { startsWith: "load-" } }, orderBy: { personalUserId: "asc" } });
  const release = await db.release.findFirstOrThrow({ where: { package: { workspaceId: workspace.id } }, include: { package: true } });
  const { lastBuildNumber: number } = await db.package.update({ where: { id: release.packageId }, data: { lastBuildNumber: { increment: 1 } } });
  const [buildId, stageId] = [createId("build"), createId("buildStage")];
  await db.build.create({
    data: {
      id: buildId, packageId: release.packageId, workspaceId: workspace.id, releaseId: release.id, number, kind: "circuit", trigger: "api", status: "building", filesDigest: release.filesDigest, startedAt: new Date(),
      stages: { create: { id: stageId, workspaceId: workspace.id, kind: "circuit", key: "transpilation", title: "Transpilation", position: 0, needs: [], status: "building", attempt: 1, fence: 1 } },
    },
  });
  return { buildId, stageId };
}
