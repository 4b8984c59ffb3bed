import { watch } from "node:fs";

/** Editors write a file in several steps, and a checkout writes many. */
const QUIET_MS = 150;

/**
 * Calls `onChange` with the path (relative to `folder`) of a changed source, once things are quiet. Tests and
 * generated code don't count. Returns a function that ends it.
 */
export function watchSources(options: { folder: string; onChange: (files: readonly string[]) => void }): () => void {
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(options.folder, { recursive: true }, (_event, file) => {
    if (file === null || !/\.(ts|tsx|sql|json)$/.test(file) || /\.test\.tsx?$|db\/generated\//.test(file)) return;
    changed.add(file);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const files = [...changed];
      changed = new Set();
      options.onChange(files);
    }, QUIET_MS);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

/** Which processes must start anew after `file` (relative to src/) changed. Next reloads pages and components by itself. */
export function processesTouchedBy(file: string): ("web" | "worker")[] {
  if (/^(app|components|trpc)\//.test(file) || /^(cli|supervisor)(\/|\.)/.test(file)) return [];
  if (/^(server\.ts|server\/(api|rest|auth)\/)/.test(file)) return ["web"];
  if (/^(worker\.ts|(worker|engine|executors|inngest|pipelines)\/)/.test(file)) return ["worker"];
  return ["web", "worker"];
}
