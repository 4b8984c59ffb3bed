/** Bundles our own sources into dist/: one file per program, the command line in parts. Packages stay in node_modules. */
import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundleCli, bundleOptions } from "./bundle-cli.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const programs = { server: "src/server.ts", worker: "src/worker.ts", supervisor: "src/supervisor/main.ts", "follow-parent": "src/supervisor/follow-parent.ts" };

// Made aside and moved when it is whole: a running server may start a process anew from dist/ at any moment, and two commands may bundle at once.
const fresh = `dist.${process.pid}`;
const old = `${fresh}.old`;
try {
  await build({
    ...bundleOptions,
    entryPoints: Object.entries(programs).filter(([, source]) => existsSync(path.join(root, source))).map(([out, source]) => ({ in: source, out })),
    outdir: fresh,
  });
  await bundleCli({ outdir: fresh });
  await putInPlace();
} finally {
  for (const folder of [fresh, old]) await rm(path.join(root, folder), { recursive: true, force: true });
}

async function putInPlace() {
  await rename(path.join(root, "dist"), path.join(root, old)).catch(unless("ENOENT"));
  // Another command was as fast: what it made is the same.
  await rename(path.join(root, fresh), path.join(root, "dist")).catch(unless("ENOTEMPTY", "EEXIST"));
}

function unless(...codes) {
  return (error) => {
    if (!codes.includes(error.code)) throw error;
  };
}
