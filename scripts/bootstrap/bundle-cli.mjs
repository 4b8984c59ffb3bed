/** Bundles the command line: a small entry and a part for each command, loaded when it runs, so that the help is there at once. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** How every program of ours is bundled. */
export const bundleOptions = {
  absWorkingDir: root,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node24",
  packages: "external",
  sourcemap: "linked",
  sourcesContent: false,
  keepNames: true,
  logLevel: "warning",
};

/** Writes `cli.js` and the parts it loads into `outdir`, which is relative to the project or absolute. */
export async function bundleCli({ outdir }) {
  await build({
    ...bundleOptions,
    entryPoints: [{ in: "src/cli.ts", out: "cli" }],
    outdir,
    splitting: true,
    chunkNames: "cli-parts/[name]-[hash]",
  });
}
