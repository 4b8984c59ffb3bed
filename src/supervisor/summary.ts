import type { Env } from "../env";
import type { ExecutorProbe } from "../executors/types";
import type { FirstAdmin } from "./make-first-admin";

/** What a person needs to know once everything runs, as lines without colours: it may end up in a log. */
export function summarize(options: { env: Env; admin: FirstAdmin; isolation: ExecutorProbe; dev: boolean }): string {
  const { env, admin, isolation, dev } = options;
  const rows: [label: string, value: string][] = [
    ["Open", env.publicUrl],
    ["Sign in as", admin.email],
    ...passwordRows(env, admin),
    ["Data folder", env.dataDir],
    ["Embedded", describeEmbedded(env)],
    ["Isolation", describeIsolation(isolation)],
    ["Reachable", describeReach(env)],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return [`Slipway is running${dev ? " (development, with hot reload)" : ""}.`, "", ...rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`), "", "Stop it with Ctrl-C."].join("\n");
}

function passwordRows(env: Env, admin: FirstAdmin): [string, string][] {
  if (admin.password !== null) return [["Password", `${admin.password}  (shown only now; kept in ${admin.credentialsFile})`]];
  if (admin.created && env.admin.password !== undefined) return [["Password", "the one in SLIPWAY_ADMIN_PASSWORD"]];
  return [];
}

function describeEmbedded(env: Env): string {
  const embedded = [env.databaseUrl === undefined ? "PostgreSQL" : undefined, env.inngest === undefined ? "workflow engine" : undefined, env.storage.driver === "disk" ? "blobs on local disk" : undefined];
  const present = embedded.filter((part) => part !== undefined);
  const outside = [env.databaseUrl === undefined ? undefined : "PostgreSQL by DATABASE_URL", env.inngest === undefined ? undefined : `Inngest ${env.inngest.baseUrl ?? "Cloud"}`].filter((part) => part !== undefined);
  return `${present.join(", ")}${outside.length === 0 ? "" : `; outside: ${outside.join(", ")}`}`;
}

function describeIsolation(probe: ExecutorProbe): string {
  if (probe.isolation === "sandboxed" && probe.ok) return "on: every build runs in a sandbox of its own";
  if (probe.isolation === "insecure") return "OFF (SLIPWAY_ALLOW_INSECURE_LOCAL): builds can do whatever this user can, and are marked";
  const broken = probe.checks.find((check) => !check.ok);
  return `not working: builds are refused. ${broken === undefined ? "" : `${broken.name}: ${broken.detail}. `}${broken?.fix === undefined ? "Run `npm run slipway -- doctor`." : `To mend it, ${broken.fix}.`}`;
}

function describeReach(env: Env): string {
  const loopback = ["127.0.0.1", "::1", "localhost"].includes(env.host);
  return loopback ? "from this machine only (HOST=0.0.0.0 and PUBLIC_URL open it to others)" : `on ${env.host}, port ${env.port}`;
}
