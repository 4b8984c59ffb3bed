/** How Node runs web and worker in production: small. The bench measures the same. */

/**
 * V8's own young generation grows to 128 MB under load, and what lives in it is a few: 8 MB per half cost no more time.
 * No source maps: each file's map would be read and kept, three times the size of the file, also those of the pages and
 * of Next (90 MB, and three times as long for a page). Our bundles are readable as they are.
 */
export function productionArguments({ heapMb, program }: { /** Upper limit of the old generation. */ heapMb: number; program: "server" | "worker" }): string[] {
  return [`--max-old-space-size=${heapMb}`, "--max-semi-space-size=8", "--import", "./dist/follow-parent.js", `dist/${program}.js`];
}

/** glibc makes up to eight heaps per processor for the threads of a process, and gives back little of them. */
export const PRODUCTION_ENVIRONMENT = { NODE_ENV: "production", MALLOC_ARENA_MAX: "2" } as const;
