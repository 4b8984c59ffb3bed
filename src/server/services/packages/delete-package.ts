/** Removes a package with its releases, builds, logs and artifacts' records. */
import type { Actor } from "~/domain/actor";
import { AppError } from "~/domain/errors";
import type { ServiceContext } from "../context";
import { findWritablePackage } from "./find-package";

/** Throws `not_found`, `forbidden`, or `build_in_progress` while one of its builds is under way. */
export async function deletePackage(options: { context: ServiceContext; actor: Actor; name: string }): Promise<void> {
  const { context } = options;
  const found = await findWritablePackage(options);
  await context.database.db.$transaction(async (tx) => {
    // Creating a build updates the package's row, so none can begin while this lock is held.
    await tx.$queryRaw`SELECT 1 AS locked FROM package WHERE id = ${found.id} FOR UPDATE`;
    const running = await tx.build.findFirst({ where: { packageId: found.id, status: { in: ["pending", "building"] } }, select: { number: true } });
    if (running !== null) {
      throw new AppError("build_in_progress", { userMessage: `Build #${running.number} is under way. Cancel it, then delete the package.` });
    }
    await tx.package.delete({ where: { id: found.id } });
  });
}
