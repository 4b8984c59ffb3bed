/** Bundles our own sources into dist/: one file per program, the command line in parts. Packages stay in node_modules. */
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundleCli, bundleOptions } from "./bundle-cli.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const programs = { server: "src/server.ts", worker: "src/worker.ts", supervisor: "src/supervisor/main.ts", "follow-parent": "src/supervisor/follow-parent.ts" };

await rm(path.join(root, "dist"), { recursive: true, force: true });
await build({
  ...bundleOptions,
  entryPoints: Object.entries(programs).filter(([, source]) => existsSync(path.join(root, source))).map(([out, source]) => ({ in: source, out })),
  outdir: "dist",
});
await bundleCli({ outdir: "dist" });
