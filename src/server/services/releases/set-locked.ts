/** Locks a release against changes of its files, or unlocks it. */
import type { Actor } from "~/domain/actor";
import type { ServiceContext } from "../context";
import { findWritableRelease } from "./find-release";

/** Throws `not_found` or `forbidden`. */
export async function setLocked(options: { context: ServiceContext; actor: Actor; releaseId: string; locked: boolean }): Promise<void> {
  const release = await findWritableRelease({ context: options.context, actor: options.actor, release: { release_id: options.releaseId } });
  await options.context.database.db.release.update({ where: { id: release.id }, data: { locked: options.locked } });
}
