/**
 * `npm run bench:api`: the HTTP API with a million builds in the database and 100 clients at once, beside the bare query.
 * `-- --write` puts the figures into docs/performance.md; `--keep <folder>` keeps the seeded database for the next run;
 * `--builds N` seeds fewer.
 */
import { parseArgs } from "node:util";
import { createReport } from "../report";
import { formatMs } from "../statistics";
import { openInstallation, type Installation } from "./installation";
import { runLoad, type LoadOptions, type LoadResult } from "./load";
import { measureLogs } from "./logs";
import { measureBareQueries } from "./bare-queries";
import { chooseTargets } from "./targets";

const { values } = parseArgs({ options: { builds: { type: "string", default: "1000000" }, keep: { type: "string" }, write: { type: "boolean", default: false }, seconds: { type: "string", default: "10" }, only: { type: "string" } } });
const builds = Number(values.builds);
const seconds = Number(values.seconds);
// What 100 clients may send by the default limits: 600 reads, 60 writes and 10 new builds a minute each.
const READS_PER_SECOND = 1000;
const WRITES_PER_SECOND = 100;
const CREATES_PER_SECOND = 100 * (10 / 60);

const report = createReport({ mark: "api figures", command: "npm run bench:api -- --write" });
const installation = await openInstallation({ builds, keep: values.keep });
try {
  await measure(installation);
} finally {
  await installation.stop();
}
await report.finish({ write: values.write });

async function measure({ url, database, callers, webMemoryMb }: Installation): Promise<void> {
  const tokens = callers.map((caller) => caller.token);
  const targets = await chooseTargets({ database });
  const wanted = (name: string): boolean => values.only === undefined || values.only.split(",").includes(name);
  const load = (options: Pick<LoadOptions, "next" | "rate">) => runLoad({ url, tokens, seconds, ...options });
  const row = (what: string, result: LoadResult, aimMs: number) => {
    if (result.failures > 0) process.stderr.write(`${what}: ${result.failures} of ${result.requests} failed, first: ${result.firstFailure}\n`);
    report.note({ what: `${what} (${Math.round(result.perSecond).toLocaleString("en")}/s)`, figure: `p50 ${formatMs(result.p50)}, p95 ${formatMs(result.p95)}${result.failures > 0 ? `, ${result.failures} FAILED` : ""}`, aim: `p95 < ${aimMs} ms`, met: result.failures === 0 && result.p95 < aimMs });
  };
  // Plans and caches as after a minute of running.
  await runLoad({ url, tokens, seconds: 10, next: ({ client }) => ({ method: "GET", path: `/api/v1/builds/${targets.buildOf(client)}` }) });

  const getBuild: LoadOptions["next"] = ({ client, turn }) => ({ method: "GET", path: `/api/v1/builds/${targets.buildOf(client, turn)}` });
  if (wanted("get")) {
    row("GET a build, 100 clients at half of what they may send", await load({ rate: READS_PER_SECOND / 2, next: getBuild }), 50);
    row("GET a build, 100 clients at all that they may send", await load({ rate: READS_PER_SECOND, next: getBuild }), 50);
    const most = await load({ next: getBuild });
    report.note({ what: "GET a build, 100 clients, each as fast as it can", figure: `${Math.round(most.perSecond).toLocaleString("en")}/s, p95 ${formatMs(most.p95)}${most.failures > 0 ? `, ${most.failures} FAILED` : ""}`, aim: "≥ 1,000/s", met: most.failures === 0 && most.perSecond >= 1000 });
  }
  if (wanted("list")) {
    for (const { title, query } of await targets.listPages({ url, token: tokens[0] ?? "" })) {
      row(`List of 100 builds, ${title}`, await load({ rate: 50, next: () => ({ method: "GET", path: `/api/v1/builds?limit=100${query}` }) }), 200);
    }
  }
  if (wanted("stats")) row("GET stats", await load({ rate: READS_PER_SECOND / 10, next: () => ({ method: "GET", path: "/api/v1/async-jobs/stats" }) }), 50);
  if (wanted("health")) row("GET health", await load({ rate: READS_PER_SECOND, next: () => ({ method: "GET", path: "/api/health" }) }), 10);
  if (wanted("create")) {
    row("POST a build with three new files", await load({ rate: CREATES_PER_SECOND, next: ({ client, turn }) => ({ method: "POST", path: "/api/v1/builds", body: targets.push({ handle: callers[client]?.handle ?? "", turn }) }) }), 100);
    row("POST a build of a release", await load({ rate: CREATES_PER_SECOND, next: ({ client }) => ({ method: "POST", path: "/api/v1/builds", body: { release_id: targets.releaseOf(client) } }) }), 100);
  }
  if (wanted("cancel")) {
    const pending = await database.db.build.findMany({ where: { status: "pending" }, select: { id: true, requestedById: true } });
    const waiting = callers.map(({ userId }) => pending.filter((build) => build.requestedById === userId).map((build) => build.id));
    row("Cancel a waiting build", await load({
      rate: WRITES_PER_SECOND,
      next: ({ client }) => {
        const id = waiting[client]?.pop();
        return id === undefined ? null : { method: "POST", path: `/api/v1/builds/${id}/cancel`, body: {} };
      },
    }), 500);
  }
  if (wanted("logs")) await measureLogs({ url, token: tokens[0] ?? "", database, report });
  if (wanted("bare")) await measureBareQueries({ database, buildIds: targets.someBuilds, report });
  const memory = await webMemoryMb();
  report.note({ what: "Memory of the web process after all that (resident)", figure: `${Math.round(memory)} MB`, aim: "< 300 MB", met: memory < 300 });
}
