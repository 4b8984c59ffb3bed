/**
 * The rule that imports point one way (see docs/architecture.md): each area of src/ lists the areas it may import.
 * Works on where an import leads, so `~/server/db` and `../../db` are judged alike.
 */
import path from "node:path";

/** What the processes' entry points and tools are made of: they wire everything together. */
const EVERYTHING = "everything";

/** Area (folder or file under src/) → areas it may import besides itself. The longest matching area counts. */
export const ALLOWED = {
  domain: [],
  engine: [],
  postgres: [],
  env: [],
  "project-root": [],
  telemetry: ["domain"],
  executors: ["executors/types", "domain"],
  chains: ["domain"],
  pipelines: ["chains", "executors", "executors/types", "domain"],
  inngest: ["engine", "server/services/context", "telemetry", "domain"],
  "server/db": ["domain"],
  "server/storage": ["domain"],
  "server/realtime": ["server/services/context", "server/db", "domain"],
  "server/logger": ["server/services/context", "telemetry"],
  // The API's shapes and the parts that services are handed: contracts, which import no behaviour.
  "server/api/schemas": ["domain"],
  "server/services/context": ["server/db", "server/realtime", "server/storage", "pipelines", "chains", "domain"],
  "server/services": ["server/api/schemas", "server/services/context", "server/db", "server/realtime", "server/storage", "inngest", "pipelines", "executors/types", "telemetry", "chains", "domain"],
  "executors/types": [],
  "server/auth": ["server/services", "server/services/context", "server/db", "domain", "env"],
  server: ["inngest", "pipelines", "telemetry", "chains", "domain", "env", "project-root"],
  "inngest/functions": ["inngest/steps", "server/services", "server/services/context", "server/db", "server/realtime", "server/storage", "inngest", "pipelines", "executors", "executors/types", "telemetry", "domain"],
  "inngest/steps": ["server/services", "server/services/context", "server/db", "server/realtime", "server/storage", "inngest", "pipelines", "executors", "executors/types", "telemetry", "domain"],
  components: ["trpc", "server/api/schemas", "domain"],
  trpc: ["server", "domain"],
  app: ["components", "trpc", "server", "pipelines", "chains", "domain", "env"],
  cli: EVERYTHING,
  supervisor: EVERYTHING,
  worker: EVERYTHING,
  web: EVERYTHING,
};

/** The area of a path relative to src/ (without extension), or undefined for the entry points directly in src/. */
export function areaOf(relative) {
  let found;
  for (const area of Object.keys(ALLOWED)) {
    if ((relative === area || relative.startsWith(`${area}/`)) && (found === undefined || area.length > found.length)) found = area;
  }
  return found;
}

/** Within `server`, and for whoever may import `server`, an allowed area includes the areas below it. */
export function mayImport(from, to) {
  const allowed = ALLOWED[from];
  if (from === to || allowed === EVERYTHING) return true;
  if (from === "server" && to.startsWith("server/")) return true;
  // server/api and server/rest are `server` itself; nothing below it may reach up to them.
  return allowed.some((area) => to === area || (area === "server" && to.startsWith("server/")));
}

/** @type {import("eslint").Rule.RuleModule} */
export const importDirection = {
  meta: { type: "problem", schema: [], messages: { upward: "src/{{from}} must not import src/{{to}}: imports point one way. It may import: {{allowed}}.", foreign: "src/domain imports nothing but itself and node:crypto; \"{{source}}\" belongs elsewhere." } },
  create(context) {
    const sources = path.join(context.cwd, "src");
    const here = path.relative(sources, context.filename);
    if (here.startsWith("..") || !here.includes("/")) return {};
    const from = areaOf(here.replace(/\.tsx?$/, ""));
    if (from === undefined) return {};
    const check = (node, source) => {
      if (typeof source !== "string") return;
      const target = source.startsWith("~/") ? source.slice(2) : source.startsWith(".") ? path.relative(sources, path.resolve(path.dirname(context.filename), source)) : undefined;
      if (target === undefined) {
        if (from === "domain" && !/\.test\.ts$/.test(here) && !["node:crypto", "ulid", "zod", "semver"].includes(source)) context.report({ node, messageId: "foreign", data: { source } });
        return;
      }
      const to = areaOf(target);
      if (to === undefined || mayImport(from, to)) return;
      context.report({ node, messageId: "upward", data: { from, to, allowed: ALLOWED[from].join(", ") || "nothing" } });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source.value),
      ExportAllDeclaration: (node) => check(node, node.source.value),
      ExportNamedDeclaration: (node) => check(node, node.source?.value),
      ImportExpression: (node) => check(node, node.source.value),
    };
  },
};
