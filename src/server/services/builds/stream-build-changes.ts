/** Tells lists and cards of builds that were created or changed. No resume: a reader fetches again each time it opens. */
import type { Actor } from "~/domain/actor";
import { notFound } from "~/domain/errors";
import type { BuildSummary } from "../../api/schemas/builds";
import { visiblePackages } from "../access";
import type { ServiceContext } from "../context";
import { findPackage } from "../packages/find-package";
import { summarySelect, toBuildSummary } from "./build-view";

export interface StreamBuildChangesOptions {
  context: ServiceContext;
  actor: Actor | null;
  /** Slug; only builds of this workspace. */
  workspace?: string;
  /** `workspace/name`; only builds of this package. */
  package?: string;
  signal: AbortSignal;
}

/**
 * Null once it listens: what was read before may be older than what is told from then on. Then a build's newest summary each time it may have changed. Notices that come while one is being read are put together, so a
 * slow reader gets fewer, newer answers. Ends when `signal` does. Throws `not_found` for what the caller may not see.
 */
export async function* streamBuildChanges(options: StreamBuildChangesOptions): AsyncGenerator<BuildSummary | null> {
  const { context, actor, signal } = options;
  const scope = await findScope(options);
  const changed = new Set<string>();
  let wake: () => void = () => undefined;
  const unsubscribe = await context.bus.subscribe("workspace", scope.workspaceId ?? "*", (notice) => {
    if (notice.detail !== "") changed.add(notice.detail);
    wake();
  });
  signal.addEventListener("abort", () => wake(), { once: true });
  try {
    yield null;
    while (!signal.aborted) {
      const [buildId] = changed;
      if (buildId === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (signal.aborted || changed.size > 0) resolve();
        });
        continue;
      }
      changed.delete(buildId);
      const row = await context.database.db.build.findFirst({
        where: { id: buildId, ...(scope.packageId === undefined ? {} : { packageId: scope.packageId }), package: visiblePackages(actor) },
        select: summarySelect,
      });
      if (row !== null) yield toBuildSummary(row);
    }
  } finally {
    unsubscribe();
  }
}

async function findScope(options: StreamBuildChangesOptions): Promise<{ workspaceId?: string; packageId?: string }> {
  const { context, actor } = options;
  if (options.package !== undefined) {
    const found = await findPackage({ context, actor, name: options.package });
    return { workspaceId: found.workspaceId, packageId: found.id };
  }
  if (options.workspace === undefined) return {};
  const workspace = await context.database.db.workspace.findUnique({ where: { slug: options.workspace }, select: { id: true } });
  if (workspace === null) throw notFound(`Workspace ${options.workspace}`);
  return { workspaceId: workspace.id };
}
