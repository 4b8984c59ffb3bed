/** See bundle-cli.mjs. */
export function bundleCli(options: { outdir: string }): Promise<void>;
